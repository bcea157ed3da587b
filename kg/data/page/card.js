/* The card of what is selected: an entity, a fact, the facts between two, or an article. */
const ORDER = ["holdsPost", "organises", "coOrganises", "chairs", "speaksAt", "attends", "date", "locatedIn", "issues", "launches", "hasTarget", "implements", "participatesIn", "basedOn", "partOf", "cooperatesWith", "invests"];
const orderOf = (p) => (ORDER.indexOf(G.relations[p]) + 99) % 99;

const past = (fact) => Number(fact.q.status === "former" || !!tenure(fact)[1]);

/* One line that says who or what it is: 上海市国资委 · 党委副书记, or the date and place of an event. */
function headline(node) {
  const post = node.facts.filter((f) => f.s === node.i && f.p === G.property.holdsPost)
    .sort((a, b) => past(a) - past(b) || b.sources - a.sources || b.time.localeCompare(a.time) || a.j - b.j);
  if (post.length) {
    const roles = post.filter((f) => f.o === post[0].o && past(f) === past(post[0])).map(postWord).filter(Boolean);
    return `${G.nodes[post[0].o].name}${roles.length ? ` ${[...new Set(roles)].slice(0, 2).join(t("list"))}` : ""}`;
  }
  const date = node.facts.find((f) => f.s === node.i && f.p === G.property.date);
  const where = node.facts.find((f) => f.s === node.i && f.p === G.property.locatedIn);
  return [date && dayWord(date.value), where && G.nodes[where.o].name].filter(Boolean).join(" · ");
}

function groupFacts(node) {
  const groups = new Map();
  for (const fact of node.facts) {
    const inverse = fact.s !== node.i;
    const key = `${orderOf(fact.p)}-${inverse && G.relations[fact.p] !== "cooperatesWith" ? 1 : 0}`;
    if (!groups.has(key)) groups.set(key, { p: fact.p, inverse, facts: [] });
    groups.get(key).facts.push(fact);
  }
  const list = [...groups.entries()].sort((a, b) => a[0].split("-")[0] - b[0].split("-")[0] || a[0].localeCompare(b[0])).map(([, group]) => group);
  for (const group of list) group.facts.sort((a, b) => (group.p === G.property.hasTarget ? (a.q.by || "9999").localeCompare(b.q.by || "9999") : b.sources - a.sources || b.time.localeCompare(a.time)) || a.j - b.j);
  return list;
}

const GROUP_SHOWN = 10;
function factGroup(group, node, open) {
  const list = h("ul", { class: "facts" }, group.facts.slice(0, GROUP_SHOWN).map((fact) => factRow(fact, node.i, open)));
  const rest = group.facts.slice(GROUP_SHOWN);
  const more = rest.length ? button(`${t("moreBelow")} ${count(rest.length)}`, () => { put(list, rest.map((fact) => factRow(fact, node.i, false))); more.remove(); }, { class: "more" }) : null;
  return h("section", { class: "group" }, h("h3", {}, relationWord(group.p, group.inverse ? 2 : 1), h("span", { class: "n" }, count(group.facts.length))), list, more);
}

function entityCard(node) {
  const groups = groupFacts(node), total = node.facts.length;
  const open = total <= 3;
  return h("article", { class: "card" },
    h("p", { class: "kind" }, glyph(node.type), [kindWord(node.type), subtypeWord(node.sub)].filter(Boolean).join(" · ")),
    h("h2", { tabindex: "-1", id: "card-title" }, node.name),
    headline(node) && h("p", { class: "headline" }, headline(node)),
    node.aliases.length > 0 && h("p", { class: "aliases" }, h("span", {}, t("aliases")), node.aliases.slice(0, 12).join(t("list"))),
    node.implied === 1 && h("p", { class: "aliases" }, t("implied")),
    actions(node),
    tenureChart(node),
    oddsPart(node),
    kinPart(node),
    total ? groups.map((group) => factGroup(group, node, open)) : h("p", { class: "empty" }, t("noFacts")),
    seenPart(node));
}

function actions(node) {
  const i = node.i, shown = S.view === "graph" && scope.has(i);
  const focus = (depth) => go({ view: "graph", focus: i, depth, path: null, groups: null, grown: [], hidden: [], lone: false });
  const chosen = (depth) => (S.focus === i && S.depth === depth ? "true" : "false");
  return h("div", { class: "actions" },
    node.degree > 0 && button(t("focus1"), () => focus(1), { "aria-pressed": chosen(1), id: "focus-1" }),
    node.degree > 0 && button(t("focus2"), () => focus(2), { "aria-pressed": chosen(2), id: "focus-2" }),
    node.degree > 0 && shown && button(t("expand"), () => go({ grown: [...S.grown.filter((n) => n !== i), i] }), { id: "expand" }),
    node.degree > 0 && button(t("pathFrom"), () => startPath(i), { id: "path-from" }),
    shown && button(t("hide"), () => go({ ...look({}), hidden: [...S.hidden, i] }), { id: "hide" }));
}

/* Posts over time as bars, where the articles say from when or until when. */
function tenureChart(node) {
  const posts = node.facts.filter((f) => f.p === G.property.holdsPost && f.s === node.i && (tenure(f)[0] || tenure(f)[1]));
  return posts.length ? h("section", { class: "group" }, h("h3", {}, t("postsOver")), tenureRows(posts, false)) : null;
}

/* What is said of it that cannot all be true. */
function oddsPart(node) {
  const found = G.conflicts.filter(({ about, facts }) => about === node.i || facts.some((fact) => fact.s === node.i || fact.o === node.i));
  return found.map((conflict) => h("section", { class: "group odds" },
    h("h3", {}, h("span", { class: "odd" }, t("odd")), h("span", {}, [conflict.about === node.i ? "" : G.nodes[conflict.about].name, t(`odd_${conflict.kind}`), conflict.what].filter(Boolean).join(" · "))),
    claims(conflict.facts)));
}

function seenPart(node) {
  const told = new Set(node.facts.flatMap((fact) => fact.evidence.map(([sentence]) => sentence)));
  const quotes = [];
  for (let n = 0; n < node.seen.length; n += 3) {
    const [sentence, start, end] = node.seen.slice(n, n + 3);
    if (node.facts.length <= 3 && told.has(sentence)) continue;
    quotes.push(quote(sentence, [0, start, end]));
  }
  if (!quotes.length && !node.mentions) return null;
  const first = node.facts.length ? 3 : 6, list = h("div", {}, quotes.slice(0, first));
  const rest = quotes.slice(first);
  const more = rest.length ? button(`${t("moreBelow")} ${rest.length}`, () => { put(list, rest); more.remove(); }, { class: "more" }) : null;
  return h("section", { class: "group seen" }, h("h3", {}, t("seen")), h("p", { class: "note" }, t("seenMore", { n: count(node.mentions), a: count(node.articles.length) })), list, more);
}

function factCard(facts, title) {
  return h("article", { class: "card" },
    h("p", { class: "kind" }, title),
    h("h2", { tabindex: "-1", id: "card-title", class: "unseen" }, title),
    facts.map((fact) => h("section", { class: "statement", "data-fact": fact.j },
      h("p", { class: "triple" },
        entityLink(fact.s),
        h("span", { class: "verb" }, relationWord(fact.p), factExtra(fact) && h("span", { class: "role" }, factExtra(fact)), fact.sources > 1 && h("span", { class: "badge many" }, sourcesWord(fact)), fact.odds && h("span", { class: "odd" }, t("odd"))),
        fact.o >= 0 ? entityLink(fact.o) : h("span", { class: "literal" }, factObject(fact), fact.q.by && `（${byWord(fact)}）`)),
      fact.basis < 2 && fact.time && fact.p !== G.property.date && h("p", { class: "note" }, dayWord(fact.time)),
      evidenceOf(fact))));
}

/* A path is told step by step, each step with its sentences. */
function pathCard() {
  const steps = shortest(...S.path);
  const facts = steps.slice(1).flatMap((i, n) => G.nodes[steps[n]].facts.filter((fact) => otherEnd(fact, steps[n]) === i && passes(fact)).slice(0, 3));
  return facts.length ? factCard(facts, t("pathFacts")) : overviewCard();
}

/* Other editions of an event or document, and what a body was before or became. */
function kinPart(node) {
  const series = G.series.filter(([, members]) => members.includes(node.i));
  const changes = G.changes.filter((change) => change.before.includes(node.i) || change.after.includes(node.i));
  return [
    series.map(([name, members]) => h("section", { class: "group" }, h("h3", {}, `${t("series")}${S.lang === "zh" ? "：" : ": "}${name}`), h("ul", { class: "chips" }, members.map((i) => h("li", {}, i === node.i ? h("strong", {}, node.name) : entityLink(i)))))),
    changes.length > 0 && h("section", { class: "group" }, h("h3", {}, t("changes")), changes.map((change) => h("div", { class: "change" },
      h("p", { class: "triple" }, change.before.map((i) => entityLink(i)), h("span", { class: "verb" }, WORDS[S.lang].change[change.kind] ?? change.kind, change.date && h("time", { datetime: change.date }, dayWord(change.date))), change.after.map((i) => entityLink(i))),
      change.evidence.map(([sentence]) => quote(sentence, []))))),
  ];
}

function articleCard(article) {
  const inside = G.nodes.filter((node) => node.articles.includes(article.k)).sort((a, b) => b.score - a.score || a.i - b.i);
  const facts = G.facts.filter((fact) => fact.articles.includes(article.k));
  return h("article", { class: "card" },
    h("p", { class: "kind" }, t("article")),
    h("h2", { tabindex: "-1", id: "card-title" }, article.title || t("noTitle")),
    h("p", { class: "headline" }, [article.publisher, article.date && dayWord(article.date)].filter(Boolean).join(" · ")),
    article.authors.length > 0 && h("p", { class: "aliases" }, h("span", {}, t("authors")), article.authors.join(t("list"))),
    h("div", { class: "actions" },
      button(S.article === article.k ? t("allArticles") : t("onlyArticle"), () => go({ article: S.article === article.k ? -1 : article.k, focus: -1, path: null, groups: null, grown: [], hidden: [] }), { "aria-pressed": String(S.article === article.k) }),
      outLink(article)),
    h("section", { class: "group" }, h("h3", {}, t("mentionsIn"), h("span", { class: "n" }, count(inside.length))),
      h("ul", { class: "chips" }, inside.slice(0, 24).map((node) => h("li", {}, entityLink(node.i))))),
    h("section", { class: "group" }, h("h3", {}, t("factsTitle"), h("span", { class: "n" }, count(facts.length))),
      h("ul", { class: "sentences" }, facts.slice(0, 60).map((fact) => h("li", {}, sayFact(fact))))));
}

/* A fact as a sentence one can click. */
const sayFact = (fact) =>
  h("a", { href: encode({ ...S, ...look({ fact: fact.j }) }), class: "said", on: { click: (event) => { event.preventDefault(); go(look({ fact: fact.j })); } } },
    G.nodes[fact.s].name, h("em", {}, relationWord(fact.p)), factObject(fact), factExtra(fact) && `（${factExtra(fact)}）`);

function drawPanel() {
  const panel = $("panel-body"), key = JSON.stringify([S.lang, S.view, S.entity, S.fact, S.pair, S.source, S.focus, S.depth, S.path, S.article, S.hidden, picking, S.entity >= 0 && scope.has(S.entity)]);
  if (key === drawPanel.key) return;
  const subject = JSON.stringify([S.entity, S.fact, S.pair, S.source]), moved = subject !== drawPanel.subject;
  drawPanel.key = key;
  drawPanel.subject = subject;
  const between = S.pair ? G.nodes[S.pair[0]].facts.filter((fact) => otherEnd(fact, S.pair[0]) === S.pair[1]) : [];
  fill(panel,
    picking ? pathPicker() : null,
    S.entity >= 0 ? entityCard(G.nodes[S.entity])
      : S.fact >= 0 ? factCard([G.facts[S.fact]], t("factTitle"))
      : S.pair ? factCard(between, t("between", { n: between.length }))
      : S.source >= 0 ? articleCard(G.articles[S.source])
      : S.path ? pathCard()
      : overviewCard());
  const chosen = S.entity >= 0 || S.fact >= 0 || S.pair || S.source >= 0;
  $("panel").classList.toggle("chosen", Boolean(chosen));
  if (moved) { $("panel").scrollTop = 0; panel.scrollTop = 0; if (chosen) openSheet("half"); }
}
