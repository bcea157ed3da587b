/* Numbers that somebody is to reach, by the year they are to be reached. */
function targetsView() {
  const goals = G.facts.filter((fact) => fact.p === G.property.hasTarget && passes(fact));
  if (!goals.length) return [h("h2", {}, t("targetsTitle")), h("p", { class: "empty" }, t("targetsNone"))];
  const groups = new Map();
  for (const fact of goals) {
    const key = fact.q.by ? fact.q.by.slice(0, 4) : "";
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(fact);
  }
  const ahead = (facts) => facts.some(promised);
  const ordered = [...groups.entries()].sort(([a, x], [b, y]) => (!a) - (!b) || ahead(y) - ahead(x) || a.localeCompare(b));
  return [
    h("h2", {}, t("targetsTitle")),
    h("nav", { class: "years", "aria-label": t("times") }, ordered.map(([year, facts]) => button(`${year ? dayWord(year) : t("noYear")} · ${facts.length}`, () => $(`year-${year}`).scrollIntoView({ behavior: calm() ? "auto" : "smooth" })))),
    ordered.map(([year, facts]) => h("section", { id: `year-${year}`, class: "target-year" },
      h("h3", {}, year ? t(ahead(facts) ? "byYear" : "inYear", { y: dayWord(year) }) : t("noYear"), h("span", { class: "n" }, t("goalsCount", { n: facts.length }))),
      h("ul", { class: "target-grid" }, facts.sort((a, b) => G.nodes[b.s].score - G.nodes[a.s].score || a.s - b.s || a.j - b.j).slice(0, 200).map((fact) => h("li", {}, targetItem(fact)))))),
  ];
}

const targetItem = (fact) => [
  h("a", { href: encode({ ...S, ...look({ fact: fact.j }) }), class: "target", on: { click: (event) => { event.preventDefault(); go(look({ fact: fact.j })); } } }, h("span", { class: "amount" }, amount(fact.q)), h("span", { class: "indicator" }, fact.q.indicator ?? "")),
  h("p", { class: "target-owner" }, entityLink(fact.s), h("span", { class: "badge" }, fact.sources > 1 ? t("sourcesN", { n: fact.sources }) : "")),
];
