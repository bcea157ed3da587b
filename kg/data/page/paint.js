/* Shapes and lines, in the coordinates of the graph; also used to paint pictures for saving and print. */
const paths = {};
const shapePath = (type) => (paths[type] ??= new Path2D(SHAPES[G.types[type]]));
let topScore = 1;

/* Radius on screen: important things are larger, and nothing vanishes when zoomed out. */
const nodeSize = (node, scale) => (5.5 + 9.5 * Math.sqrt(node.score / topScore)) * Math.min(1.5, Math.max(0.62, scale));

/* What stands out: the selection, what the pointer is on, and all that touches them. */
function litSet(hovered) {
  const cores = [S.entity, hovered].filter((i) => i >= 0 && scope.has(i));
  if (S.fact >= 0) cores.push(G.facts[S.fact].s, G.facts[S.fact].o);
  if (S.pair) cores.push(...S.pair);
  const wanted = cores.filter((i) => i >= 0 && scope.has(i));
  if (!wanted.length) return null;
  const exact = S.fact >= 0 || S.pair ? new Set(wanted) : null;
  const nodes = new Set(wanted), links = new Set();
  for (const link of scope.links) {
    if (exact ? exact.has(link.a) && exact.has(link.b) : wanted.includes(link.a) || wanted.includes(link.b)) {
      links.add(link);
      nodes.add(link.a).add(link.b);
    }
  }
  /* Around an entity that is itself the subject of the view, the rest need not step back. */
  const faint = !(S.focus >= 0 && S.entity === S.focus && hovered < 0);
  return { nodes, links, cores: new Set(wanted), faint };
}

function paintLinks(ctx, spots, scale, lit) {
  ctx.lineCap = "round";
  for (const link of scope.links) {
    const a = spots.get(link.a), b = spots.get(link.b);
    if (!a || !b) continue;
    const on = lit?.links.has(link);
    ctx.globalAlpha = lit?.faint && !on ? 0.22 : 1;
    ctx.strokeStyle = on ? theme.lit : theme.edge;
    ctx.lineWidth = ((on ? 1.6 : 1) + Math.min(2.5, (link.facts.length - 1) * 0.6)) / scale;
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    ctx.stroke();
    if ((on || scale > 0.55) && typeof link.a === "number" && typeof link.b === "number") paintArrow(ctx, link, spots, scale, on);
  }
  ctx.globalAlpha = 1;
}

function paintArrow(ctx, link, spots, scale, on) {
  const ends = new Set(link.facts.map((j) => G.facts[j].o));
  if (ends.size > 1 || link.facts.some((j) => G.facts[j].p === G.property.cooperatesWith)) return;
  const [to] = ends;
  const a = spots.get(link.a === to ? link.b : link.a), b = spots.get(to);
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const reach = (nodeSize(G.nodes[to], scale) + 4) / scale, size = (on ? 7 : 5.5) / scale;
  if (length < reach * 2) return;
  const ux = (b.x - a.x) / length, uy = (b.y - a.y) / length, x = b.x - ux * reach, y = b.y - uy * reach;
  ctx.fillStyle = ctx.strokeStyle;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x - ux * size - uy * size * 0.55, y - uy * size + ux * size * 0.55);
  ctx.lineTo(x - ux * size + uy * size * 0.55, y - uy * size - ux * size * 0.55);
  ctx.fill();
}

function paintNode(ctx, node, x, y, scale, lit) {
  const r = nodeSize(node, scale) / scale, core = lit?.cores.has(node.i);
  ctx.save();
  ctx.globalAlpha = lit?.faint && !lit.nodes.has(node.i) ? 0.25 : 1;
  ctx.translate(x - r, y - r);
  ctx.scale(r / 10, r / 10);
  const unit = 10 / (r * scale);
  if (core) {
    ctx.lineWidth = 9 * unit;
    ctx.strokeStyle = theme.washes[node.type];
    ctx.lineJoin = "round";
    ctx.stroke(shapePath(node.type));
  }
  ctx.lineJoin = "round";
  ctx.lineWidth = 3 * unit;
  ctx.strokeStyle = theme.paper;
  ctx.stroke(shapePath(node.type));
  ctx.fillStyle = theme.types[node.type];
  ctx.fill(shapePath(node.type));
  if (core) {
    ctx.lineWidth = 1.6 * unit;
    ctx.strokeStyle = theme.ink;
    ctx.stroke(shapePath(node.type));
  }
  ctx.restore();
}

function paintBubble(ctx, bubble, x, y, scale) {
  const r = bubbleRadius(bubble);
  const shares = G.types.map((_, type) => bubble.members.filter((i) => G.nodes[i].type === type).length);
  let from = -Math.PI / 2;
  ctx.lineWidth = Math.max(5, 3 / scale);
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = theme.card;
  ctx.fill();
  shares.forEach((share, type) => {
    if (!share) return;
    const to = from + (2 * Math.PI * share) / bubble.members.length;
    ctx.beginPath();
    ctx.arc(x, y, r - ctx.lineWidth / 2, from, to);
    ctx.strokeStyle = theme.types[type];
    ctx.stroke();
    from = to;
  });
  ctx.fillStyle = theme.ink;
  ctx.font = `600 ${Math.max(12, Math.min(r * 0.5, (r * 2.6) / count(bubble.members.length).length))}px ${theme.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(count(bubble.members.length), x, y);
}
