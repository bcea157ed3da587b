/* Events and documents in the order of their dates, and posts as bars over the years. */
const EVENTS_SHOWN = 200;

function tenureRows(posts, withPerson) {
  const times = posts.flatMap((f) => tenure(f)).filter(Boolean).sort();
  const year = (date) => Number(date.slice(0, 4)) + (date.length > 4 ? (Number(date.slice(5, 7)) - 1) / 12 : 0) + (date.length > 7 ? Number(date.slice(8, 10)) / 372 : 0);
  const last = Math.max(year(times[times.length - 1]), ...G.articles.filter((a) => a.date).map((a) => year(a.date))), first = year(times[0]);
  const span = Math.max(0.5, last - first), at = (date) => ((year(date) - first) / span) * 100;
  return h("ul", { class: "tenures" }, posts.sort((a, b) => (tenure(a)[0] || "0").localeCompare(tenure(b)[0] || "0") || a.j - b.j).map((fact) => {
    const [start, end] = tenure(fact), x = start ? at(start) : 0, w = Math.max(1.5, (end ? at(end) : 100) - x);
    return h("li", {}, h("span", { class: "tenure-name" }, withPerson && entityLink(fact.s), sayPost(fact)),
      h("span", { class: "tenure-bar" }, h("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, h("rect", { class: "rail", width: 100, height: 6 }), h("rect", { class: end ? "level" : "level open", x, width: w, height: 6 })),
        h("span", { class: "when" }, `${dayWord(start) || "…"} – ${dayWord(end) || "…"}`)));
  }));
}
const sayPost = (fact) => h("a", { href: encode({ ...S, ...look({ fact: fact.j }) }), class: "said", on: { click: (event) => { event.preventDefault(); go(look({ fact: fact.j })); } } }, `${G.nodes[fact.o].name} ${postWord(fact)}`);

function timelineView() {
  const dated = new Map();
  for (const fact of G.facts) if (fact.p === G.property.date && passes(fact) && typeOn(fact.s)) {
    const known = dated.get(fact.s);
    if (!known || fact.value < known.value) dated.set(fact.s, fact);
  }
  const events = [...dated.values()].sort((a, b) => a.value.localeCompare(b.value) || a.s - b.s);
  const posts = G.facts.filter((f) => f.p === G.property.holdsPost && (tenure(f)[0] || tenure(f)[1]) && passes(f));
  if (!events.length && !posts.length) return [h("h2", {}, t("timelineTitle")), h("p", { class: "empty" }, t("timelineNone"))];
  const years = new Map();
  for (const fact of events.slice(0, EVENTS_SHOWN)) {
    const y = fact.value.slice(0, 4);
    if (!years.has(y)) years.set(y, []);
    years.get(y).push(fact);
  }
  return [
    h("h2", {}, t("timelineTitle")),
    [...years.entries()].map(([y, facts]) => h("section", { class: "year" }, h("h3", {}, dayWord(y)), h("ol", { class: "events" }, facts.map(eventItem)))),
    events.length > EVENTS_SHOWN && h("p", { class: "note" }, `+${count(events.length - EVENTS_SHOWN)}`),
    posts.length > 0 && h("section", {}, h("h3", { class: "section-title" }, t("tenures")), tenureRows(posts.slice(0, 200), true)),
  ];
}

function eventItem(fact) {
  const node = G.nodes[fact.s];
  const sides = new Map();
  for (const f of node.facts) {
    if (f.p === G.property.date || f.p === G.property.hasTarget || f.p === G.property.basedOn) continue;
    const inverse = f.o === node.i, key = `${f.p}-${inverse}`;
    if (!sides.has(key)) sides.set(key, { p: f.p, inverse, others: new Set() });
    sides.get(key).others.add(otherEnd(f, node.i));
  }
  const short = fact.value.length > 4 ? (S.lang === "zh" ? dayWord(fact.value).replace(/^\d+年/, "") : fact.value.slice(5)) : "";
  return h("li", {},
    h("time", { datetime: fact.value }, short || "—"),
    h("div", {}, h("p", { class: "event-name" }, entityLink(node.i)),
      [...sides.values()].sort((a, b) => orderOf(a.p) - orderOf(b.p)).slice(0, 6).map(({ p, inverse, others }) => h("p", { class: "side" }, h("span", { class: "side-name" }, relationWord(p, inverse ? 2 : 1)),
        [...others].slice(0, 8).map((i) => entityLink(i)), others.size > 8 && h("span", { class: "note" }, `+${others.size - 8}`)))));
}
