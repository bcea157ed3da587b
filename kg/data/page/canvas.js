/* The canvas: vis-network moves, zooms and finds what is under the finger; we paint. */
let net = null, visNodes = null, spots = new Map(), hovered = -1, hoveredLink = null, drawnKey = "", labelsNow = [];
const byKey = new Map();

function startCanvas() {
  visNodes = new vis.DataSet();
  const canvas = $("canvas");
  net = new vis.Network(canvas, { nodes: visNodes, edges: new vis.DataSet() }, { ...G.options, nodes: { ...G.options.nodes, ctxRenderer: renderNode } });
  net.on("beforeDrawing", (ctx) => paintLinks(ctx, spots, net.getScale(), litSet(hovered)));
  net.on("afterDrawing", drawLabels);
  net.on("click", clicked);
  net.on("doubleClick", ({ nodes }) => typeof nodes[0] === "number" && go({ grown: [...S.grown.filter((i) => i !== nodes[0]), nodes[0]] }));
  net.on("dragging", ({ nodes }) => follow(nodes));
  net.on("dragEnd", ({ nodes }) => { follow(nodes); if (typeof nodes[0] === "number") keepMoved(nodes[0], spots.get(nodes[0]).x, spots.get(nodes[0]).y); });
  net.on("hoverNode", ({ node }) => hover(typeof node === "number" ? node : -1));
  net.on("blurNode", () => hover(-1));
  net.on("zoom", () => bound());
  canvas.addEventListener("pointermove", (event) => pointAt(event));
  canvas.addEventListener("pointerleave", () => { hoveredLink = null; tip(null); });
  new ResizeObserver(() => resize()).observe(canvas);
}

function resize() {
  const { clientWidth: w, clientHeight: height } = $("canvas");
  if (!w || !height) return;
  net.setSize(`${w}px`, `${height}px`);
  measureFloating();
  net.redraw();
  if (!resize.done || Math.abs(resize.done - w / height) > 0.05) fit();
  resize.done = w / height;
}

function renderNode({ ctx, id, x, y }) {
  const scale = net ? net.getScale() : 1, item = byKey.get(id);
  if (!item) return { drawNode() {}, nodeDimensions: { width: 1, height: 1 } };
  const r = item.bubble ? bubbleRadius(item.bubble) : nodeSize(item.node, scale) / scale;
  return {
    drawNode() {
      if (item.bubble) paintBubble(ctx, item.bubble, x, y, scale);
      else paintNode(ctx, item.node, x, y, scale, litNow());
    },
    nodeDimensions: { width: 2 * r + 6 / scale, height: 2 * r + 6 / scale },
  };
}

/* The lit set is asked for by every node of a frame; it only changes with the state or the pointer. */
let litKey = "", litValue = null;
function litNow() {
  const key = `${drawnKey}|${S.entity}|${S.fact}|${S.pair}|${hovered}`;
  if (key !== litKey) { litKey = key; litValue = litSet(hovered); }
  return litValue;
}

function drawGraph() {
  const key = [viewKey(), S.grown, S.hidden, S.lone].join("/");
  if (key === drawnKey) return net.redraw();
  const before = drawnKey;
  drawnKey = key;
  litKey = "";
  spots = arrange();
  byKey.clear();
  for (const bubble of scope.bubbles) byKey.set(bubble.key, { bubble });
  for (const i of scope.ids) byKey.set(i, { node: G.nodes[i] });
  visNodes.clear();
  visNodes.add([...byKey.keys()].map((id) => ({ id, ...spots.get(id) })));
  topScore = Math.max(1, ...scope.ids.map((i) => G.nodes[i].score));
  hovered = -1;
  if (before === "" || !keepsView(before, key)) fit();
  else net.redraw();
}

/* Growing and hiding keep the reader's place; another view is shown whole. */
const keepsView = (before, after) => before.split("/")[0] === after.split("/")[0] && !S.lone && scope.ids.length > 12 && !S.grown.length;

function fit() {
  const width = $("canvas").clientWidth, height = $("canvas").clientHeight;
  const shown = [...byKey.keys()];
  if (!net || !width || !shown.length) return;
  let l = Infinity, r = -Infinity, top = Infinity, b = -Infinity;
  for (const key of shown) {
    const { x, y } = spots.get(key), item = byKey.get(key), reach = item.bubble ? bubbleRadius(item.bubble) : 0;
    l = Math.min(l, x - reach); r = Math.max(r, x + reach); top = Math.min(top, y - reach); b = Math.max(b, y + reach);
  }
  const wide = Math.min(70, width * 0.1), head = $("status").offsetHeight + 50, foot = 44 + $("key").offsetHeight;
  const scale = Math.min((width - 2 * wide) / Math.max(1, r - l), (height - head - foot) / Math.max(1, b - top), 1.35);
  net.moveTo({ position: { x: (l + r) / 2, y: (top + b) / 2 - (head - foot) / 2 / scale }, scale });
}

/* What floats over the canvas; labels keep clear of it. */
let floating = [];
function measureFloating() {
  const stage = $("stage").getBoundingClientRect();
  floating = [...$("status").children, $("zoom"), $("key")].map((element) => element.getBoundingClientRect()).filter((box) => box.width).map((box) => ({ l: box.left - stage.left - 4, r: box.right - stage.left + 4, t: box.top - stage.top - 2, b: box.bottom - stage.top + 2, own: "float", text: true }));
}

function zoomBy(factor) {
  net.moveTo({ scale: Math.min(5, Math.max(0.01, net.getScale() * factor)), animation: calm() ? false : { duration: 160, easingFunction: "easeOutQuad" } });
}
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
function bound() {
  const scale = net.getScale();
  if (scale > 5 || scale < 0.005) net.moveTo({ scale: Math.min(5, Math.max(0.005, scale)) });
}

function viewOf() {
  const scale = net.getScale(), at = net.getViewPosition(), width = $("canvas").clientWidth, height = $("canvas").clientHeight;
  return { scale, width, height, toX: (x) => (x - at.x) * scale + width / 2, toY: (y) => (y - at.y) * scale + height / 2, at };
}

function drawLabels(ctx) {
  const view = viewOf(), ratio = ctx.canvas.width / view.width;
  labelsNow = placeLabels(ctx, view, spots, litNow());
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(ctx, labelsNow);
  ctx.restore();
}

function follow(nodes) {
  for (const [key, at] of Object.entries(net.getPositions(nodes))) spots.set(byKey.has(key) ? key : Number(key), at);
}

function hover(i) {
  if (i === hovered) return;
  hovered = i;
  $("canvas").classList.toggle("pointing", i >= 0 || hoveredLink !== null);
  net.redraw();
}

/* The link under a point of the canvas, if any; labels of links count as the link. */
function linkAt(x, y) {
  for (const item of labelsNow) if (item.kind === "link" && x >= item.box.l && x <= item.box.r && y >= item.box.t && y <= item.box.b) return item.link;
  const { toX, toY } = viewOf();
  let best = null, least = 7;
  for (const link of scope.links) {
    const a = spots.get(link.a), b = spots.get(link.b);
    if (!a || !b) continue;
    const ax = toX(a.x), ay = toY(a.y), dx = toX(b.x) - ax, dy = toY(b.y) - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(x - ax - dx * share, y - ay - dy * share);
    if (distance < least) { least = distance; best = link; }
  }
  return best;
}

/* The name of a node can be clicked as well as its shape. */
function labelAt(x, y) {
  for (const item of labelsNow) if (item.kind === "node" && x >= item.box.l && x <= item.box.r && y >= item.box.t && y <= item.box.b) return item.own;
  return undefined;
}

function clicked({ nodes, pointer: { DOM: { x, y } } }) {
  tip(null);
  const key = nodes[0] ?? labelAt(x, y);
  if (typeof key === "string") {
    const g = Number(key.slice(1));
    return g >= 0 ? go({ groups: [...S.groups, g].sort((a, b) => a - b) }) : go({ view: "table" });
  }
  if (key !== undefined) return picking ? finishPath(key) : go(look({ entity: key }));
  const link = linkAt(x, y);
  if (link && typeof link.a === "number" && typeof link.b === "number")
    return go(link.facts.length === 1 ? look({ fact: link.facts[0] }) : look({ pair: [link.a, link.b] }));
  return go(look({}));
}

function pointAt(event) {
  if (event.pointerType === "touch") return;
  const box = $("canvas").getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  const key = hovered >= 0 ? hovered : labelAt(x, y);
  const link = key === undefined ? linkAt(x, y) : null;
  hoveredLink = link;
  $("canvas").classList.toggle("pointing", key !== undefined || link !== null);
  if (typeof key === "number") tip(nodeTip(G.nodes[key]), x, y);
  else if (link && typeof link.a === "number" && typeof link.b === "number") tip(linkTip(link), x, y);
  else tip(null);
}

function tip(content, x, y) {
  const element = $("tip");
  element.hidden = !content;
  if (!content) return;
  fill(element, content);
  const box = $("stage").getBoundingClientRect();
  element.style.left = `${Math.max(8, Math.min(x + 14, box.width - element.offsetWidth - 8))}px`;
  element.style.top = `${y + 18 + element.offsetHeight > box.height ? y - element.offsetHeight - 12 : y + 18}px`;
}

const nodeTip = (node) => [h("strong", {}, node.name), h("span", {}, headline(node) || [kindWord(node.type), subtypeWord(node.sub)].filter(Boolean).join(" · "))];
function linkTip(link) {
  return link.facts.slice(0, 4).map((j) => {
    const fact = G.facts[j];
    return h("span", {}, `${G.nodes[fact.s].name} `, h("em", {}, relationWord(fact.p)), ` ${G.nodes[fact.o].name}`, factExtra(fact) && `（${factExtra(fact)}）`);
  });
}
