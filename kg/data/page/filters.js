/* The legend is the filter: types, relations, sources and time, each with its count. */
const toggled = (list, item) => (list.includes(item) ? list.filter((n) => n !== item) : [...list, item].sort((a, b) => a - b));

function check(text, on, n, change, props, lead) {
  const input = h("input", { type: "checkbox", checked: on, ...props, on: { change } });
  return h("label", { class: on ? "check" : "check off" }, input, lead, h("span", { class: "check-text" }, text), h("span", { class: "n" }, count(n)));
}

function typeFilter() {
  const present = G.types.map((_, type) => G.nodes.filter((node) => node.type === type).length);
  const kinds = present.map((n, type) => ({ n, type })).filter(({ n }) => n);
  return h("fieldset", { id: "legend" }, h("legend", {}, t("legend")),
    kinds.map(({ n, type }) => h("div", { class: "with-only" },
      check(typeWord(type), !S.offTypes.includes(type), n, () => go({ offTypes: toggled(S.offTypes, type) }), { "data-type": G.types[type] }, glyph(type)),
      onlyButton(() => go({ offTypes: kinds.map((k) => k.type).filter((other) => other !== type) }), typeWord(type)))));
}

/* On screens without room for the filters the legend lies on the canvas, and filters too. */
function drawKey() {
  const kinds = G.types.map((_, type) => type).filter((type) => G.nodes.some((node) => node.type === type));
  fill($("key"), kinds.map((type) => h("button", { type: "button", "data-kind": G.types[type], "aria-pressed": String(!S.offTypes.includes(type)), on: { click: () => go({ offTypes: toggled(S.offTypes, type) }) } }, glyph(type), typeWord(type))));
}

const onlyButton = (action, name) => button(t("only"), action, { class: "only", "aria-label": `${t("only")} ${name}` });

function relationFilter() {
  const counts = G.relations.map((_, p) => 0);
  for (const fact of G.facts) if (fact.p >= 0) counts[fact.p]++;
  const kinds = counts.map((n, p) => ({ n, p })).filter(({ n }) => n).sort((a, b) => b.n - a.n || a.p - b.p);
  return h("details", { open: panelsOpen.relations, on: { toggle: (e) => (panelsOpen.relations = e.target.open) } }, h("summary", {}, t("relations"), h("span", { class: "n" }, `${kinds.length - S.offRelations.length}/${kinds.length}`)),
    h("fieldset", { id: "relations" }, h("legend", { class: "unseen" }, t("relations")),
      h("div", { class: "pair-buttons" }, button(t("all"), () => go({ offRelations: [] })), button(t("none"), () => go({ offRelations: kinds.map(({ p }) => p).sort((a, b) => a - b) }))),
      kinds.map(({ n, p }) => h("div", { class: "with-only" },
        check(relationWord(p), !S.offRelations.includes(p), n, () => go({ offRelations: toggled(S.offRelations, p) }), { "data-relation": G.relations[p] }),
        onlyButton(() => go({ offRelations: kinds.map((k) => k.p).filter((other) => other !== p).sort((a, b) => a - b) }), relationWord(p))))));
}
const panelsOpen = { relations: true, sources: true, times: true };

function sourceFilter() {
  const publishers = [...new Set(G.articles.map((a) => a.publisher).filter(Boolean))].sort((a, b) => a.localeCompare(b, "zh-CN"));
  const articles = G.articles.filter((a) => !S.publisher || a.publisher === S.publisher).sort((a, b) => b.date.localeCompare(a.date) || a.k - b.k);
  const choose = (id, text, options, value, change) => h("label", { class: "choose" }, h("span", {}, text), h("select", { id, value, on: { change: (e) => change(e.target.value) } }, options.map(([v, words]) => h("option", { value: v, selected: v === value }, words))));
  return h("fieldset", { id: "sources" }, h("legend", {}, t("sources")),
    publishers.length > 0 && choose("publisher", t("publisher"), [["", t("anyPublisher")], ...publishers.map((p) => [p, p])], S.publisher, (publisher) => go({ publisher, article: -1 })),
    choose("article", t("article"), [["-1", t("anyArticle")], ...articles.map((a) => [String(a.k), `${a.date ? a.date + " " : ""}${a.title || t("noTitle")}`])], String(S.article), (k) => go({ article: Number(k) })));
}

function timeFilter() {
  const bounds = timeBounds();
  if (!bounds) return null;
  const field = (id, text, value, change) => h("label", { class: "choose" }, h("span", {}, text),
    h("input", { type: "text", id, value, inputmode: "numeric", placeholder: id === "from" ? bounds[0].slice(0, 7) : bounds[1].slice(0, 7), maxlength: 10, pattern: "\\d{4}(-\\d{2}){0,2}", on: { change: (e) => { const v = e.target.value.trim(); if (!v || /^\d{4}(-\d{2}){0,2}$/.test(v)) change(v); else e.target.value = value; } } }));
  return h("fieldset", { id: "times" }, h("legend", {}, t("times")), histogram(),
    h("div", { class: "two" }, field("from", t("from"), S.from, (from) => go({ from })), field("to", t("to"), S.to, (to) => go({ to }))),
    G.facts.some((f) => !f.time) && check(t("undated"), S.undated, G.facts.filter((f) => !f.time).length, () => go({ undated: !S.undated }), { id: "undated" }),
    h("p", { class: "note" }, t("timeNote")));
}

/* Facts by month, or by year where they reach far; a bar sets the range. */
function histogram() {
  const times = G.facts.map((f) => f.time).filter((time) => /^\d{4}/.test(time));
  const monthly = times.filter((time) => time.length >= 7);
  const months = new Set(monthly.map((time) => time.slice(0, 7)));
  const cut = months.size > 0 && months.size <= 30 ? 7 : 4;
  const tally = new Map();
  for (const time of times) if (time.length >= cut) tally.set(time.slice(0, cut), (tally.get(time.slice(0, cut)) ?? 0) + 1);
  const bars = [...tally.entries()].sort((a, b) => a[0].localeCompare(b[0])).slice(-40);
  if (bars.length < 2) return null;
  const top = Math.max(...bars.map(([, n]) => n));
  return h("div", { class: "histogram", role: "group", "aria-label": t("months") },
    bars.map(([when, n]) => {
      const on = within(when, S.from, S.to), sole = S.from === when && S.to === when;
      return button(`${dayWord(when)}: ${t("facts", { n })}`, () => go(sole ? { from: "", to: "" } : { from: when, to: when }), { class: on ? "column" : "column off", "aria-pressed": String(sole) },
        h("svg", { viewBox: "0 0 10 44", preserveAspectRatio: "none", "aria-hidden": "true" }, h("rect", { x: 1, width: 8, y: 44 - Math.max(3, (40 * n) / top), height: Math.max(3, (40 * n) / top) })));
    }));
}

function drawFilters() {
  const key = JSON.stringify([S.lang, S.offTypes, S.offRelations, S.publisher, S.article, S.from, S.to, S.undated]);
  if (key === drawFilters.key) return;
  drawFilters.key = key;
  const active = document.activeElement, path = active && ($("filters").contains(active) || $("key").contains(active)) ? focusPath(active) : null;
  fill($("filters-body"), typeFilter(), sourceFilter(), timeFilter(), relationFilter(),
    filtered() ? button(t("relax"), () => go(noFilters), { class: "wide", id: "clear-filters" }) : null);
  drawKey();
  $("filter-count").hidden = !filtered();
  if (path) document.querySelector(path)?.focus();
}

/* Enough of an address to find the same control again after a redraw. */
function focusPath(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.kind) return `[data-kind="${element.dataset.kind}"]`;
  if (element.dataset.type) return `[data-type="${element.dataset.type}"]`;
  if (element.dataset.relation) return `[data-relation="${element.dataset.relation}"]`;
  return "#filters";
}
