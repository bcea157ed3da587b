/* Everything works from the keyboard; the canvas answers to the arrow keys. */
function canvasKey(event) {
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.key in moves) {
    event.preventDefault();
    if (event.shiftKey) { const at = net.getViewPosition(), step = 80 / net.getScale(); return net.moveTo({ position: { x: at.x + moves[event.key][0] * step, y: at.y + moves[event.key][1] * step } }); }
    const next = neighbourTowards(...moves[event.key]);
    if (next >= 0) { go(look({ entity: next }), true); reveal(next); announce(`${G.nodes[next].name}, ${kindWord(G.nodes[next].type)}. ${headline(G.nodes[next])}`); }
  } else if (event.key === "Enter" && S.entity >= 0) { event.preventDefault(); openSheet("half"); $("card-title")?.focus(); }
  else if (event.key === "+" || event.key === "=") zoomBy(1.3);
  else if (event.key === "-") zoomBy(1 / 1.3);
  else if (event.key === "0") fit();
}

/* The nearest entity in a direction; nearer the axis is better. */
function neighbourTowards(dx, dy) {
  const shown = scope.ids.filter((i) => spots.has(i));
  if (S.entity < 0 || !scope.has(S.entity)) return shown.slice().sort(byScore)[0] ?? -1;
  const from = spots.get(S.entity);
  let best = -1, least = Infinity;
  for (const i of shown) {
    const { x, y } = spots.get(i), along = (x - from.x) * dx + (y - from.y) * dy, aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (i === S.entity || along <= 1) continue;
    if (along + aside * 2 < least) { least = along + aside * 2; best = i; }
  }
  return best;
}

function reveal(i) {
  const { width, height, toX, toY } = viewOf(), at = spots.get(i), x = toX(at.x), y = toY(at.y);
  if (x < 60 || x > width - 60 || y < 60 || y > height - 60) net.moveTo({ position: at });
}

function pageKey(event) {
  const typing = event.target.matches("select, input:not([type=checkbox])");
  if (event.key === "/" && !typing) { event.preventDefault(); $("search").focus(); }
  else if (event.key === "Escape" && !typing) escape();
}

/* One step out: close what is open, then the selection, then the special view. */
function escape() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  else if ($("app").classList.contains("filters-open")) toggleFilters(false);
  else if (picking) { picking = 0; render(); }
  else if (S.entity >= 0 || S.fact >= 0 || S.pair || S.source >= 0) go(look({}));
  else if (S.groups?.length) go({ groups: [] });
  else if (S.focus >= 0 || S.path || S.groups) go({ focus: -1, path: null, groups: null, grown: [], hidden: [] });
}
