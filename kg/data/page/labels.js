/* Labels keep their size on screen and never cover each other: the important ones choose first. */
const widths = new Map();

function textWidth(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}

/* Two lines of at most nine characters; a longer name ends in …. */
function wrap(name) {
  const chars = [...name];
  if (chars.length <= 10) return [name];
  const latin = /^[\x20-\x7e]+$/.test(name);
  const size = latin ? 18 : 9;
  if (latin && chars.length <= 20) return [name];
  const half = breakNear(chars, chars.length <= size * 2 ? Math.ceil(chars.length / 2) : size);
  const rest = chars.slice(half);
  return [chars.slice(0, half).join(""), rest.length > size ? rest.slice(0, size - 1).join("") + "…" : rest.join("")];
}

/* The place nearest to `at` where a line may end: not within a word or number, not before a closing mark. */
function breakNear(chars, at) {
  const word = /[\w.+%-]/, closing = /[，、。；：！？”’）》」』]/, opening = /[“‘（《「『]/;
  for (const n of [at, at - 1, at + 1, at - 2, at + 2, at - 3]) {
    const [before, after] = [chars[n - 1], chars[n]];
    if (before && after && !(word.test(before) && word.test(after)) && !closing.test(after) && !opening.test(before)) return n;
  }
  return at;
}

/* A grid of taken places: asking costs the same however many labels there are. */
function makeField() {
  const cells = new Map(), size = 64;
  const each = (box, f) => {
    for (let cx = Math.floor(box.l / size); cx <= Math.floor(box.r / size); cx++)
      for (let cy = Math.floor(box.t / size); cy <= Math.floor(box.b / size); cy++) if (f(cx * 100003 + cy)) return true;
    return false;
  };
  return {
    take: (box) => each(box, (key) => { (cells.get(key) ?? cells.set(key, []).get(key)).push(box); return false; }),
    /* `over`: the most important names may cover small shapes, but never other words. */
    free: (box, own, over) => !each(box, (key) => (cells.get(key) ?? []).some((o) => o.own !== own && (!over || o.text) && box.l < o.r && o.l < box.r && box.t < o.b && o.t < box.b)),
  };
}

/* Where a label may stand beside its node, best first. */
const SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [0.72, 0.8], [-0.72, 0.8], [0.72, -0.8], [-0.72, -0.8], [0.35, 1], [-0.35, 1], [0.35, -1], [-0.35, -1]];

/* Lay out all labels of a view, in screen pixels: what is lit, then what its links say, then the rest. */
function placeLabels(ctx, view, spots, lit) {
  const { scale, width, height, toX, toY } = view;
  const field = makeField(), placed = [];
  const inside = (x, y) => x > -60 && x < width + 60 && y > -40 && y < height + 40;
  const nodes = [];
  for (const box of view.bare ? [] : floating) field.take(box);
  for (const bubble of scope.bubbles) {
    const at = spots.get(bubble.key), r = bubbleRadius(bubble) * scale, x = toX(at.x), y = toY(at.y);
    if (!inside(x, y)) continue;
    field.take({ l: x - r, r: x + r, t: y - r, b: y + r, own: bubble.key, text: true });
    nodes.push({ own: bubble.key, x, y, r, lines: wrap(groupName(bubble)), rank: 1e9 + bubble.members.length, bold: true });
  }
  for (const i of scope.ids) {
    const at = spots.get(i), node = G.nodes[i], x = toX(at.x), y = toY(at.y), r = nodeSize(node, scale);
    if (!inside(x, y)) continue;
    field.take({ l: x - r - 1, r: x + r + 1, t: y - r - 1, b: y + r + 1, own: i });
    const core = lit?.cores.has(i), near = lit?.nodes.has(i);
    nodes.push({ own: i, x, y, r, lines: wrap(node.name), rank: (core ? 1e9 : near ? 1e6 : 0) + node.score, bold: core, dim: lit?.faint && !near });
  }
  nodes.sort((a, b) => b.rank - a.rank || (a.own < b.own ? -1 : 1));
  const narrow = width < 500;
  for (const node of nodes.slice(0, narrow ? 4 : 8)) node.bold ||= !lit;
  const dim = nodes.filter((node) => node.dim), bright = nodes.filter((node) => !node.dim);
  const most = Math.max(40, Math.min(110, Math.round((width * height) / 9000)));
  const put = (node, rank) => {
    if (placed.length >= most) return;
    const font = `${node.bold ? 600 : 400} ${narrow ? 12 : 13}px ${theme.font}`;
    const w = Math.max(...node.lines.map((line) => textWidth(ctx, line, font))), high = node.lines.length * 16;
    const tries = rank < (narrow ? 4 : 12) ? [...SIDES.map((side) => [...side, false]), ...SIDES.slice(0, 4).map((side) => [...side, true])] : SIDES;
    for (const [dx, dy, over] of tries) {
      const cx = node.x + dx * (node.r + 5 + w / 2), top = node.y - high / 2 + dy * (node.r + 3 + high / 2);
      const box = { l: cx - w / 2 - 2, r: cx + w / 2 + 2, t: top, b: top + high, own: node.own };
      if (box.l < 2 || box.r > width - 2 || !field.free(box, node.own, over)) continue;
      field.take({ ...box, text: true });
      placed.push({ kind: "node", font, x: cx, top, lines: node.lines, dim: node.dim, own: node.own, box });
      break;
    }
  };
  bright.forEach(put);
  placeRelations(ctx, view, spots, lit, field, placed);
  dim.slice(0, 30).forEach((node) => put(node, 99));
  return placed;
}

/* What a link says, in words: one relation, or how many more there are. */
function linkWords(link) {
  const words = [...new Set(link.facts.map((j) => { const f = G.facts[j]; return (f.p === G.property.holdsPost && postWord(f)) || relationWord(f.p); }))];
  if (typeof link.a === "string" || typeof link.b === "string") return count(link.facts.length);
  const short = (word, most = /[\u3400-\u9fff]/.test(word) ? 10 : 20) => ([...word].length > most ? [...word].slice(0, most - 1).join("") + "…" : word);
  const first = words.slice(0, 2).map((word) => short(word)).join(" · ");
  return words.length > 2 ? `${first} +${words.length - 2}` : first;
}

function placeRelations(ctx, view, spots, lit, field, placed) {
  const { scale, toX, toY, width, height } = view;
  const links = lit ? [...scope.links].sort((a, b) => lit.links.has(b) - lit.links.has(a)) : scope.links;
  if (scope.bubbles.length) return;
  let room = lit ? 40 : Math.max(16, Math.min(60, Math.round((width * height) / 16000)));
  for (const link of links) {
    if (room <= 0) break;
    const on = lit?.links.has(link);
    if (lit?.faint && !on) break;
    const a = spots.get(link.a), b = spots.get(link.b);
    if (!a || !b) continue;
    const ax = toX(a.x), ay = toY(a.y), bx = toX(b.x), by = toY(b.y), length = Math.hypot(bx - ax, by - ay);
    const font = `${on ? 600 : 400} 11.5px ${theme.font}`, text = linkWords(link), w = textWidth(ctx, text, font) + 8;
    if (length < (on ? 44 : w * 0.6 + 40)) continue;
    for (const share of on ? [0.5, 0.4, 0.6, 0.3, 0.7] : [0.5, 0.42, 0.58]) {
      const x = ax + (bx - ax) * share, y = ay + (by - ay) * share;
      if (x < 0 || x > width || y < 0 || y > height) continue;
      const box = { l: x - w / 2, r: x + w / 2, t: y - 8, b: y + 8, own: link };
      if (!field.free(box, link)) continue;
      field.take({ ...box, text: true });
      placed.push({ kind: "link", font, x, top: y - 8, lines: [text], on, box, link });
      room--;
      break;
    }
  }
}

function paintLabels(ctx, placed) {
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  for (const item of placed) {
    ctx.font = item.font;
    ctx.globalAlpha = item.dim ? 0.35 : 1;
    ctx.strokeStyle = theme.paper;
    ctx.lineWidth = item.kind === "link" ? 5 : 4;
    ctx.fillStyle = item.kind === "link" ? (item.on ? theme.lit : theme.soft) : theme.ink;
    item.lines.forEach((line, n) => {
      const y = item.top + n * 16 + 2;
      ctx.strokeText(line, item.x, y);
      ctx.fillText(line, item.x, y);
    });
  }
  ctx.globalAlpha = 1;
}
