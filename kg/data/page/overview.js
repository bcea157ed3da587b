/* What is shown before anything is chosen: what this is, and where to begin. */
const pageTitle = () => G.meta.title || t("untitled");

function aboutText() {
  const span = articleBounds();
  return t("about", {
    articles: count(G.articles.length), entities: count(G.nodes.length), facts: count(G.facts.length),
    span: !span ? "" : span[0] === span[1] ? t("spanOne", { from: dayWord(span[0]) }) : t("span", { from: dayWord(span[0]), to: dayWord(span[1]) }),
  });
}

const topOf = (name, n) => G.nodes.filter((node) => G.types[node.type] === name && node.facts.length).sort((a, b) => b.score - a.score || a.i - b.i).slice(0, n);
const ends = (node, name) => node.facts.filter((f) => f.o === node.i && G.relations[f.p] === name).map((f) => G.nodes[f.s].name);

/* 主办 A、B；承办 C 等 7 家 */
function eventLine(node) {
  const side = (name) => {
    const names = ends(node, name);
    return names.length ? `${relationWord(G.property[name])}${S.lang === "zh" ? " " : ": "}${names.slice(0, 3).join(t("list"))}${names.length > 3 ? (S.lang === "zh" ? ` 等${names.length}家` : ` +${names.length - 3}`) : ""}` : "";
  };
  const people = side("organises") || side("coOrganises") ? [side("organises"), side("coOrganises")] : [side("speaksAt")];
  return [headline(node), ...people].filter(Boolean);
}

const briefs = {
  Person: (node) => [headline(node)],
  Event: eventLine,
  Programme: (node) => [ends(node, "issues").length ? `${relationWord(G.property.issues)}${S.lang === "zh" ? " " : ": "}${ends(node, "issues").slice(0, 2).join(t("list"))}` : subtypeWord(node.sub)],
  Organisation: (node) => [t("facts", { n: count(node.facts.length) })],
};

function startList(title, name, n) {
  const nodes = topOf(name, n);
  return nodes.length ? h("section", { class: "group" }, h("h3", {}, title),
    h("ul", { class: "starts" }, nodes.map((node) => h("li", {}, entityLink(node.i), briefs[name](node).filter(Boolean).map((text) => h("span", { class: "brief" }, text)))))) : null;
}

function goalsPart() {
  const goals = G.facts.filter((fact) => fact.p === G.property.hasTarget);
  const years = new Map();
  for (const fact of goals) if (promised(fact)) {
    const year = fact.q.by.slice(0, 4);
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(fact);
  }
  if (!goals.length) return null;
  const top = [...years.entries()].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))[0];
  const some = (top?.[1] ?? goals).slice().sort((a, b) => G.nodes[b.s].score - G.nodes[a.s].score || a.j - b.j);
  return h("section", { class: "group" }, h("h3", {}, t("goals")),
    top && h("p", { class: "note year" }, t("byYear", { y: dayWord(top[0]) }), h("span", { class: "n" }, t("goalsCount", { n: top[1].length }))),
    h("ul", { class: "goals" }, some.slice(0, 4).map((fact) => h("li", {}, goalLink(fact)))),
    button(t("allGoals", { n: count(goals.length) }), () => go({ view: "targets" }), { class: "more" }));
}

const goalLink = (fact) =>
  h("a", { href: encode({ ...S, ...look({ fact: fact.j }) }), class: "goal", on: { click: (event) => { event.preventDefault(); go(look({ fact: fact.j })); } } },
    h("span", { class: "amount" }, amount(fact.q)), h("span", { class: "indicator" }, fact.q.indicator ?? ""), h("span", { class: "brief" }, G.nodes[fact.s].name));

function overviewCard() {
  const articles = G.articles.slice().sort((a, b) => b.date.localeCompare(a.date) || a.k - b.k);
  return h("article", { class: "card overview" },
    h("h2", { tabindex: "-1", id: "card-title", class: "unseen" }, t("start")),
    h("p", { class: "lead" }, aboutText(), " ", h("span", { class: "note" }, t("tapHint"))),
    startList(t("people"), "Person", 4),
    startList(t("events"), "Event", 3),
    goalsPart(),
    startList(t("programmes"), "Programme", 4),
    startList(t("bodies"), "Organisation", 5),
    articles.length > 0 && h("section", { class: "group" }, h("h3", {}, t("articles"), h("span", { class: "n" }, count(articles.length))),
      h("ul", { class: "sources" }, articles.slice(0, 12).map((article) => h("li", {}, sourceLine(article.k)))),
      articles.length > 12 && h("p", { class: "note" }, `+${count(articles.length - 12)}`)),
    h("p", { class: "colophon" }, t("keys")));
}
