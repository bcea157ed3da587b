/* The same content as a table: sortable, and the way in for keyboards and screen readers. */
const ROWS = 300;
let tableKind = "entities", sorting = { entities: ["facts", -1], facts: ["when", -1] }, rowsShown = ROWS;

const COLUMNS = {
  entities: [
    ["name", (n) => n.name], ["type", (n) => kindWord(n.type)], ["sub", (n) => subtypeWord(n.sub)],
    ["facts", (n) => n.facts.length], ["articles", (n) => n.articles.length], ["mentions", (n) => n.mentions],
  ],
  facts: [
    ["subject", (f) => G.nodes[f.s].name], ["relation", (f) => relationWord(f.p)], ["object", (f) => factObject(f)], ["role", (f) => factExtra(f)],
    ["when", (f) => f.time], ["sources", (f) => f.sources], ["conf", (f) => f.confidence],
  ],
};
const columnWord = (name) => (name === "role" ? t("role") : WORDS[S.lang].cols[name]);

/* Rows of the entities in scope, and of every fact among them or about them alone. */
function tableRows(kind) {
  const ids = S.groups ? scope.ids.concat(scope.bubbles.flatMap((b) => b.members)).slice(0, 5000) : scope.ids;
  if (kind === "entities") return ids.map((i) => G.nodes[i]);
  const shown = new Set(ids), facts = [];
  for (const i of shown) for (const fact of G.nodes[i].facts) if (fact.s === i && (fact.o < 0 || shown.has(fact.o)) && passes(fact)) facts.push(fact);
  return facts;
}

function sorted(rows, kind) {
  const [name, direction] = sorting[kind], value = COLUMNS[kind].find(([column]) => column === name)[1];
  return rows.map((row) => [value(row), row]).sort(([a, x], [b, y]) => direction * (typeof a === "number" ? a - b : String(a).localeCompare(String(b), "zh-CN")) || (x.i ?? x.j) - (y.i ?? y.j)).map(([, row]) => row);
}

function tableView() {
  const rows = sorted(tableRows(tableKind), tableKind);
  const tab = (kind, text) => button(`${text}`, () => { tableKind = kind; rowsShown = ROWS; drawView(true); }, { "aria-pressed": String(tableKind === kind) });
  const again = (name) => { const [old, direction] = sorting[tableKind]; sorting[tableKind] = [name, old === name ? -direction : 1]; drawView(true); $(`sort-${name}`)?.focus(); };
  return [
    h("div", { class: "table-head" }, h("h2", {}, t("tableTitle")), h("div", { class: "segments", role: "group" }, tab("entities", t("tableEntities")), tab("facts", t("tableFacts"))), h("span", { class: "note" }, t("rows", { n: count(rows.length) }))),
    h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": t("tableTitle") }, h("table", { id: "table" },
      h("caption", { class: "unseen" }, `${t("tableTitle")}. ${t("sortHint")}`),
      h("thead", {}, h("tr", {}, COLUMNS[tableKind].map(([name]) => {
        const [by, direction] = sorting[tableKind], on = by === name;
        return h("th", { scope: "col", "aria-sort": on ? (direction > 0 ? "ascending" : "descending") : "none", class: name },
          button(columnWord(name), () => again(name), { id: `sort-${name}`, "aria-label": columnWord(name), title: t("sortHint") }, columnWord(name), on && icon(direction > 0 ? "up" : "down")));
      }))),
      h("tbody", {}, rows.slice(0, rowsShown).map((row) => (tableKind === "entities" ? entityRow(row) : factTableRow(row)))))),
    rows.length > rowsShown && button(t("tableMore", { n: count(Math.min(ROWS * 2, rows.length - rowsShown)) }), () => { rowsShown += ROWS * 2; drawView(true); }, { class: "wide" }),
  ];
}

const entityRow = (node) => h("tr", { class: S.entity === node.i ? "on" : "", "data-entity": node.id },
  COLUMNS.entities.map(([name, value]) => (name === "name" ? h("th", { scope: "row" }, entityLink(node.i)) : h("td", { class: name }, String(value(node))))));
const factTableRow = (fact) => h("tr", { class: S.fact === fact.j ? "on" : "" },
  COLUMNS.facts.map(([name, value]) => h(name === "subject" ? "th" : "td", { class: name, scope: name === "subject" ? "row" : null },
    name === "subject" ? entityLink(fact.s)
      : name === "relation" ? h("a", { href: encode({ ...S, ...look({ fact: fact.j }) }), class: "said", on: { click: (event) => { event.preventDefault(); go(look({ fact: fact.j })); } } }, value(fact))
      : name === "object" && fact.o >= 0 ? entityLink(fact.o)
      : name === "when" ? `${value(fact)}${fact.basis === 2 && fact.time ? " *" : ""}` : name === "conf" ? `${value(fact)}%` : String(value(fact)))));
