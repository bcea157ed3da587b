/* The search box: a combobox with type-ahead. Also chooses the far end of a path. */
let picking = 0, pathRoot = -1;

function finder(id, choose, hint) {
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": t("searchLabel"), class: "hits", hidden: true });
  const input = h("input", {
    id, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-label": t("searchLabel"), placeholder: hint,
    on: { input: () => show(), focus: () => show(), keydown: (event) => key(event), blur: () => setTimeout(close, 150) },
  });
  let hits = [], active = 0;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = (n) => { const hit = hits[n]; if (!hit) return; input.value = ""; close(); choose(hit.node.i); };
  function show() {
    const query = input.value.trim();
    const found = query ? search(query) : { hits: G.nodes.slice().sort((a, b) => b.score - a.score || a.i - b.i).slice(0, 8).map((node) => ({ node, name: node.name })), total: 0 };
    hits = found.hits;
    active = 0;
    fill(list,
      !query && h("li", { class: "hint", role: "presentation" }, t("searchEmpty")),
      hits.map((hit, n) => h("li", { id: `${id}-hit-${n}`, role: "option", "aria-selected": String(n === active), "data-entity": hit.node.id, on: { pointerdown: (event) => { event.preventDefault(); take(n); } } },
        glyph(hit.node.type), h("span", { class: "hit-name" }, emphasise(hit.node.name, query), hit.alias && h("span", { class: "hit-alias" }, `${t("also")} `, emphasise(hit.name, query))),
        h("span", { class: "hit-note" }, headline(hit.node) || subtypeWord(hit.node.sub) || kindWord(hit.node.type)))),
      query && !hits.length && h("li", { class: "none", role: "presentation" }, t("noHits", { q: query })));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark();
    if (query) announce(t("hits", { n: found.total }));
  }
  function mark() {
    [...list.querySelectorAll("[role=option]")].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (hits.length) { input.setAttribute("aria-activedescendant", `${id}-hit-${active}`); $(`${id}-hit-${active}`)?.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }
  function key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return show();
      active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % Math.max(1, hits.length);
      mark();
    } else if (event.key === "Enter") { event.preventDefault(); take(active); }
    else if (event.key === "Escape") { event.stopPropagation(); if (list.hidden && !input.value) { input.blur(); if (picking) { picking = 0; render(); } } input.value = ""; close(); }
  }
  return h("div", { class: "finder" }, icon("search"), input, list);
}

function emphasise(name, query) {
  const at = query ? foldText(name).indexOf(foldText(query)) : -1;
  if (at < 0 || foldText(name).length !== name.length) return name;
  return [name.slice(0, at), h("b", {}, name.slice(at, at + query.length)), name.slice(at + query.length)];
}

const found = (i) => select(i);

function startPath(i) {
  picking = 1;
  pathRoot = i;
  render();
  $("path-to")?.focus();
}

const pathPicker = () => h("div", { class: "picker" }, h("p", {}, t("pathTitle", { a: G.nodes[pathRoot].name })), finder("path-to", finishPath, t("pathHint")), button(t("close"), () => { picking = 0; render(); }, { class: "plain" }));

function finishPath(i) {
  const from = pathRoot;
  picking = 0;
  if (i === from) return render();
  go({ ...look({}), view: "graph", path: [from, i], focus: -1, groups: null, grown: [], hidden: [] });
}
