/* The data island becomes G: nodes and facts that know each other by number. */
let G = null;

async function readIsland() {
  const element = $("data");
  let text = element.textContent;
  if (element.dataset.coding === "gzip") {
    if (typeof DecompressionStream === "undefined") throw new Error("oldBrowser");
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    text = await new Response(stream).text();
  }
  element.remove();
  return JSON.parse(text);
}

function readFirst() {
  const drawing = JSON.parse($("drawing").textContent);
  return { first: drawing.nodes.map(({ id, x, y }) => ({ i: id, x, y })), options: JSON.parse(drawing.options) };
}

function connect(raw) {
  const nodes = raw.nodes.map(([name, id, type, sub, x, y, group, score, aliases, articles, mentions, seen, implied], i) => ({
    i, name, id: id || `${raw.prefixes[type]}-${name}`, type, sub, x, y, group, score, aliases, articles, mentions, seen, implied, facts: [], degree: 0,
  }));
  const facts = raw.facts.map(([s, p, o, value, q, confidence, time, basis, evidence, voices], j) => {
    const fact = { j, s, p, o, value: value || "", q: q || {}, confidence, time: time || "", basis, evidence, voices, sources: 0, odds: null };
    nodes[s].facts.push(fact);
    if (o >= 0 && o !== s) {
      nodes[o].facts.push(fact);
      nodes[s].degree++;
      nodes[o].degree++;
    }
    return fact;
  });
  const articles = raw.articles.map(([id, title, date, publisher, link, authors, copies, voice], k) => ({
    k, id, title, date: date || "", publisher: publisher || "", link, authors, copies, voice, facts: 0,
  }));
  for (const fact of facts) {
    const from = new Set(fact.evidence.map(([sentence]) => raw.sentences[sentence][0]));
    fact.articles = [...from];
    fact.sources = from.size;
    for (const k of from) if (k >= 0) articles[k].facts++;
  }
  const conflicts = raw.conflicts.map(([kind, about, what, odd]) => ({ kind, about, what, facts: odd.map((j) => facts[j]) }));
  for (const conflict of conflicts) for (const fact of conflict.facts) fact.odds = conflict;
  const series = raw.series, changes = raw.changes.map(([kind, before, after, date, evidence]) => ({ kind, before, after, date, evidence }));
  const [fold, usual, special] = [raw.fold, raw.usual, raw.special].map((table) => new Map(Object.entries(table)));
  const { meta, types, subtypes, relations, sentences, digest } = raw;
  /* A link may also give a name, as people would write it. */
  const byId = new Map([...nodes].reverse().map((node) => [node.name, node]));
  for (const node of nodes) byId.set(node.id, node);
  const property = Object.fromEntries(relations.map((name, p) => [name, p]));
  return { meta, fold, usual, special, types, subtypes, relations, sentences, digest, nodes, facts, articles, byId, property, series, changes, conflicts };
}

const otherEnd = (fact, i) => (fact.s === i ? fact.o : fact.s);
const label = (node, length = 16) => (node.name.length > length ? node.name.slice(0, length - 1) + "…" : node.name);
/* A fact is known by what it says, so that its link survives a rebuild. */
function factKey(fact) {
  const text = [G.nodes[fact.s].id, G.relations[fact.p], fact.o < 0 ? "" : G.nodes[fact.o].id, fact.value, JSON.stringify(fact.q)].join("|");
  let a = 0x811c9dc5, b = 0x1234567;
  for (let n = 0; n < text.length; n++) {
    a = Math.imul(a ^ text.charCodeAt(n), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(n), 0x5bd1e995) ^ (b >>> 13);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
/* 3000 + 亿元, or the wording of the article when we have it. */
const amount = (q) => q.stated || [q.value ?? "", q.unit ?? ""].join("");
const factObject = (fact) => (fact.o >= 0 ? G.nodes[fact.o].name : fact.value ? dayWord(fact.value) : amount(fact.q));
/* A post with what the words say of it: 曾任主任. */
const postWord = (fact) => [Object.hasOwn(WORDS[S.lang].status, fact.q.status ?? "") ? WORDS[S.lang].status[fact.q.status] : "", fact.q.role ?? ""].filter(Boolean).join(S.lang === "en" ? " " : "");
const factExtra = (fact) => postWord(fact) || fact.q.indicator || "";
