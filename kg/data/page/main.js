/* The frame of the page, and the one function that draws the state. */
const tool = (id, name, action, key = name) => button(t(key), action, { id, class: "tool" }, icon(name));

function frame() {
  const app = $("app");
  app.removeAttribute("aria-busy");
  fill(app,
    h("header", { id: "top" },
      h("div", { class: "brand" }, h("h1", {}, pageTitle()), h("p", { id: "about" }, t("brief", { articles: count(G.articles.length), entities: count(G.nodes.length), facts: count(G.facts.length) }))),
      finder("search", found, t("searchHint")),
      h("nav", { id: "views", "aria-label": t("tools") }, Object.entries(WORDS[S.lang].views).map(([view, text]) => h("button", { type: "button", id: `view-${view}`, on: { click: () => go({ view }) } }, icon(view), h("span", {}, text)))),
      h("div", { id: "tools", role: "group", "aria-label": t("tools") },
        tool("back", "back", () => history.back()), tool("forward", "forward", () => history.forward()), tool("reset", "reset", startOver),
        saveMenu(), tool("theme", "moon", () => { setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark", true); render(); }, "theme"),
        h("button", { type: "button", id: "lang", lang: S.lang === "zh" ? "en" : "zh-CN", "aria-label": t("otherHint"), title: t("otherHint"), on: { click: () => go({ lang: S.lang === "zh" ? "en" : "zh" }, true) } }, S.lang === "zh" ? "EN" : "中文"),
        h("button", { type: "button", id: "open-filters", class: "tool", "aria-label": t("filters"), "aria-expanded": "false", "aria-controls": "filters", on: { click: () => toggleFilters() } }, icon("filter"), h("span", { id: "filter-count", class: "dot", hidden: true })))),
    h("main", { id: "main" },
      h("aside", { id: "filters", tabindex: "-1", "aria-label": t("filters") }, h("div", { id: "filters-body" })),
      h("section", { id: "stage", "aria-label": WORDS[S.lang].views.graph },
        h("div", { id: "status" }),
        h("div", { id: "canvas", tabindex: "0", role: "application", "aria-label": t("canvas"), on: { keydown: canvasKey } }),
        h("div", { id: "zoom", role: "group", "aria-label": t("tools") }, tool("zoom-in", "plus", () => zoomBy(1.3), "zoomIn"), tool("zoom-out", "minus", () => zoomBy(1 / 1.3), "zoomOut"), tool("fit", "fit", fit)),
        h("div", { id: "key", role: "group", "aria-label": t("legend") }),
        h("div", { id: "blank", hidden: true }),
        h("div", { id: "tip", hidden: true, role: "presentation" })),
      h("section", { id: "view", hidden: true, tabindex: "-1" }),
      h("aside", { id: "panel", "aria-label": t("panel") },
        h("button", { type: "button", id: "sheet", "aria-label": t("openPanel"), on: { click: () => openSheet($("app").dataset.sheet === "full" ? "half" : $("app").dataset.sheet === "half" ? "low" : "full") } }),
        h("button", { type: "button", id: "close-card", class: "tool", "aria-label": t("close"), title: t("close"), on: { click: () => go(look({})) } }, icon("close")),
        h("div", { id: "panel-body" }))),
    h("figure", { id: "print-sheet", "aria-hidden": "true" }, h("img", { id: "print-picture", alt: "" })));
  document.documentElement.lang = WORDS[S.lang].locale;
  document.title = pageTitle();
  frame.lang = S.lang;
  $("app").dataset.sheet ??= "half";
}

function saveMenu() {
  const item = (key, action) => h("button", { type: "button", class: "item", id: `save-${key}`, on: { click: (event) => { action(event); if (key !== "link") $("save").open = false; } } }, h("span", {}, t(key)));
  return h("details", { class: "menu", id: "save" }, h("summary", { class: "tool", "aria-label": t("save"), title: t("save") }, icon("save")),
    h("div", { class: "items" }, item("png", savePicture), item("csvNodes", () => saveTable("entities")), item("csvFacts", () => saveTable("facts")), item("print", () => print()), item("link", copyLink)));
}

function startOver() {
  forgetMoved();
  drawnKey = "";
  picking = 0;
  go({ ...EMPTY, lang: S.lang });
}

const openSheet = (size) => { $("app").dataset.sheet = size; };
function toggleFilters(on = !$("app").classList.contains("filters-open")) {
  $("app").classList.toggle("filters-open", on);
  $("open-filters").setAttribute("aria-expanded", String(on));
  if (on) $("filters").focus();
  else $("open-filters").focus();
}

/* The line above the canvas: what is shown, how much of it, and how to see more. */
function drawStatus() {
  const n = scope.ids.length, unlinked = G.nodes.filter((node) => !node.degree).length;
  const text = t("showing", { n: count(n + scope.bubbles.reduce((sum, b) => sum + b.members.length, 0)), all: count(G.nodes.length), e: count(scope.links.length) });
  const left = G.nodes.length - unlinked - n, plain = S.focus < 0 && !S.path && !S.groups;
  fill($("status"),
    S.focus >= 0 && h("p", { class: "mode" }, t("around", { a: label(G.nodes[S.focus]) }), depthButtons(), button(t("unfocus"), () => go({ focus: -1, grown: [], hidden: [] }), { class: "plain" })),
    S.path && h("p", { class: "mode" }, pathWords(), button(t("unfocus"), () => go({ path: null, grown: [], hidden: [] }), { class: "plain" })),
    h("p", { class: "count", id: "count" }, text),
    scope.capped > 0 && h("p", { class: "count" }, t("capped", { n: count(n), all: count(scope.capped) })),
    h("div", { class: "status-buttons" },
      plain && !narrowed() && left > 0 && n < CEILING && button(t("more", { n: Math.min(150, left) }), () => go({ limit: Math.min(CEILING, n + 150) }), { id: "more" }),
      plain && unlinked > 0 && button(S.lone ? t("loneOff") : t("loneOn", { n: count(unlinked) }), () => go({ lone: !S.lone }), { id: "lone", "aria-pressed": String(S.lone) }),
      groupList().length > 2 && G.nodes.length > 60 && button(S.groups ? t("groupsOff") : t("groupsOn"), () => go({ groups: S.groups ? null : [], focus: -1, path: null, grown: [], hidden: [] }), { id: "groups", "aria-pressed": String(!!S.groups) }),
      S.hidden.length > 0 && button(`${t("hiddenN", { n: S.hidden.length })} · ${t("unhide")}`, () => go({ hidden: [] }), { id: "unhide" })),
    S.groups && h("p", { class: "count" }, t("groupHint")));
  $("blank").hidden = n + scope.bubbles.length > 0;
  fill($("blank"), h("p", {}, t("nothing")), filtered() ? button(t("relax"), () => go(noFilters), { class: "wide" }) : null);
  announce(text);
  if (net) measureFloating();
}

const depthButtons = () => h("span", { class: "segments", role: "group", "aria-label": t("depth") }, [1, 2].map((depth) => button(String(depth), () => go({ depth, grown: [] }), { "aria-pressed": String(S.depth === depth), "aria-label": `${t("depth")} ${depth}` })));
function pathWords() {
  const [a, b] = S.path, steps = shortest(a, b);
  return steps.length ? t("pathLen", { a: label(G.nodes[a]), b: label(G.nodes[b]), n: steps.length - 1 }) : t("noPath", { a: label(G.nodes[a]), b: label(G.nodes[b]) });
}

/* Timeline, targets and table take the place of the canvas. */
function drawView(force) {
  const key = JSON.stringify([S, tableKind]);
  const graph = S.view === "graph";
  $("stage").hidden = !graph;
  $("view").hidden = graph;
  $("app").dataset.view = S.view;
  if (graph || (key === drawView.key && !force)) return;
  drawView.key = key;
  $("view").className = `view-${S.view}`;
  $("view").setAttribute("aria-label", WORDS[S.lang].views[S.view]);
  const top = $("view").scrollTop, same = drawView.view === S.view;
  drawView.view = S.view;
  fill($("view"), S.view === "timeline" ? timelineView() : S.view === "targets" ? targetsView() : tableView());
  $("view").scrollTop = same ? top : 0;
}

function render() {
  if (frame.lang !== S.lang) {
    const canvas = frame.lang ? $("canvas") : null, sheet = $("app").dataset.sheet;
    frame();
    $("app").dataset.sheet = sheet ?? "half";
    if (canvas) { canvas.setAttribute("aria-label", t("canvas")); $("canvas").replaceWith(canvas); }
    drawFilters.key = drawPanel.key = "";
  }
  scope = survey();
  if (!net) startCanvas();
  for (const view of Object.keys(WORDS.zh.views)) {
    if (S.view === view) $(`view-${view}`).setAttribute("aria-current", "page");
    else $(`view-${view}`).removeAttribute("aria-current");
  }
  $("back").disabled = place <= 0;
  $("forward").disabled = place >= furthest;
  fill($("theme"), icon(document.documentElement.dataset.theme === "dark" ? "sun" : "moon"));
  drawView(false);
  drawStatus();
  drawGraph();
  drawFilters();
  drawPanel();
}

async function start() {
  try {
    Object.assign(S, { lang: document.documentElement.lang.startsWith("en") ? "en" : "zh" });
    G = connect(await readIsland());
    Object.assign(G, readFirst());
  } catch (error) {
    fill($("app"), h("p", { class: "blocked" }, t(error.message === "oldBrowser" ? "oldBrowser" : "broken")));
    throw error;
  }
  S = decode(location.hash);
  startTheme();
  render();
  addEventListener("popstate", restore);
  addEventListener("keydown", pageKey);
  addEventListener("pointerdown", (event) => { if (!$("save").contains(event.target)) $("save").open = false; });
  addEventListener("beforeprint", beforePrint);
  window.zhengmai = publicFace;
  document.documentElement.dataset.ready = "1";
}

/* For pages that embed this one, and for tests: where things stand on the screen. */
const publicFace = Object.freeze({
  at(id) {
    const box = $("canvas").getBoundingClientRect(), { toX, toY } = viewOf(), spot = spots.get(nodeOf(id));
    return spot ? { x: box.left + toX(spot.x), y: box.top + toY(spot.y) } : null;
  },
  shown: () => scope.ids.map(idOf),
  labels: () => labelsNow.map(({ kind, lines, box }) => ({ kind, text: lines.join(""), ...box, link: undefined, own: undefined })),
  scale: () => net.getScale(),
});

start();
