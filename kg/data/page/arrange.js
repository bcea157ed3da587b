/* Where the things in scope stand. The first view comes placed; parts of it are laid out here,
   once and by fixed rules: distances follow the graph, then labels are pushed apart. */
const STEP = 120, LINE = 56;
const boxWidth = (node) => Math.min([...node.name].length, 10) * 13 + 32;

function arrange() {
  const spots = S.groups ? arrangeGroups() : arrangeEntities();
  const moved = movedSpots();
  for (const i of scope.ids) {
    const [x, y] = moved[idOf(i)] ?? [];
    if (Number.isFinite(x) && Number.isFinite(y)) spots.set(i, { x, y });
  }
  return spots;
}

function arrangeEntities() {
  const base = baseOf().filter((i) => scope.has(i));
  const plain = S.focus < 0 && !S.path && !narrowed() && !S.limit;
  const spots = plain ? new Map(G.first.map(({ i, x, y }) => [i, { x, y }])) : layOut(base);
  const placed = new Set(base.filter((i) => spots.has(i)));
  for (const root of S.grown) {
    const fresh = scope.links.filter(({ a, b }) => a === root || b === root).map(({ a, b }) => (a === root ? b : a)).filter((i) => !placed.has(i));
    if (!placed.has(root)) { spots.set(root, beside(spots, placed)); placed.add(root); }
    const centre = spots.get(root);
    fresh.forEach((i, n) => {
      const angle = n * 2.399963, radius = 90 + 26 * Math.sqrt(n);
      spots.set(i, { x: centre.x + radius * Math.cos(angle) * 1.3, y: centre.y + radius * Math.sin(angle) });
      placed.add(i);
    });
  }
  const rest = scope.ids.filter((i) => !placed.has(i));
  gridBelow(rest, spots, placed);
  if (S.grown.length) separate(scope.ids, spots, scope.ids.length > 400 ? 12 : 60);
  return spots;
}

function beside(spots, placed) {
  let right = 0;
  for (const i of placed) right = Math.max(right, spots.get(i).x);
  return { x: right + 240, y: 0 };
}

function gridBelow(rest, spots, placed) {
  let bottom = 0, left = 0, right = 0;
  for (const i of placed) {
    const { x, y } = spots.get(i);
    bottom = Math.max(bottom, y + 130);
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  const ordered = rest.sort((a, b) => G.nodes[a].type - G.nodes[b].type || byScore(a, b));
  const columns = Math.max(5, Math.floor(((right - left) * 1.3) / 160), Math.ceil(Math.sqrt(ordered.length / 2)));
  ordered.forEach((i, n) => spots.set(i, { x: (left + right) / 2 + ((n % columns) - (columns - 1) / 2) * 160, y: bottom + Math.floor(n / columns) * 52 }));
}

/* Each connected part by its graph distances, the parts side by side. */
function layOut(ids) {
  const spots = new Map();
  if (ids.length > 420) {
    for (const i of ids) spots.set(i, { x: G.nodes[i].x, y: G.nodes[i].y });
    separate(ids, spots, 8);
    return spots;
  }
  const near = new Map(ids.map((i) => [i, []]));
  for (const { a, b } of scope.links) if (near.has(a) && near.has(b)) { near.get(a).push(b); near.get(b).push(a); }
  const parts = [];
  const seen = new Set();
  for (const start of ids) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (let n = 0; n < part.length; n++) for (const i of near.get(part[n])) if (!seen.has(i)) { seen.add(i); part.push(i); }
    parts.push(part);
  }
  if (S.path && parts.length === 1) return line(ids, spots);
  parts.sort((a, b) => b.length - a.length);
  for (const part of parts) { stress(part, near, spots); separate(part, spots, 160); }
  packParts(parts, spots);
  return spots;
}

function line(ids, spots) {
  ids.forEach((i, n) => spots.set(i, { x: n * 210, y: (n % 2) * 56 }));
  return spots;
}

/* Stochastic gradient descent on stress, in a fixed order: every pair wants its graph distance,
   with longer links about hubs so that the names around them fit. */
function stress(part, near, spots) {
  const number = new Map(part.map((i, n) => [i, n]));
  const x = part.map((_, n) => Math.cos(n * 2.399963) * STEP * Math.sqrt(n)), y = part.map((_, n) => Math.sin(n * 2.399963) * STEP * Math.sqrt(n));
  const terms = [];
  const link = (i, k) => 86 + 8 * Math.min(Math.max(near.get(i).length, near.get(k).length), 26);
  part.forEach((root, a) => {
    const far = new Map([[root, 0]]);
    const queue = [root];
    for (let n = 0; n < queue.length; n++)
      for (const i of near.get(queue[n])) if (!far.has(i)) { far.set(i, far.get(queue[n]) + link(queue[n], i)); queue.push(i); }
    for (const [i, distance] of far) if (number.get(i) > a) terms.push([a, number.get(i), distance, (STEP * STEP) / (distance * distance)]);
  });
  let seed = 42;
  for (let n = terms.length - 1; n > 0; n--) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const m = seed % (n + 1);
    [terms[n], terms[m]] = [terms[m], terms[n]];
  }
  const rounds = terms.length > 40000 ? 16 : 40;
  for (let round = 0; round < rounds; round++) {
    const rate = Math.exp((-4.6 * round) / rounds) * 4;
    for (const [a, b, wanted, weight] of terms) {
      const dx = x[a] - x[b], dy = y[a] - y[b], distance = Math.hypot(dx, dy) || 0.01;
      const pull = (Math.min(1, rate * weight) * (distance - wanted)) / distance / 2;
      x[a] -= dx * pull; y[a] -= dy * pull; x[b] += dx * pull; y[b] += dy * pull;
    }
  }
  part.forEach((i, n) => spots.set(i, { x: x[n], y: y[n] }));
}

/* Push apart what would cover each other's labels, along the axis of least overlap. */
function separate(ids, spots, rounds) {
  const list = ids.map((i) => ({ at: spots.get(i), w: boxWidth(G.nodes[i]) }));
  for (let round = 0; round < rounds; round++) {
    list.sort((p, q) => p.at.x - q.at.x);
    let calm = true;
    for (let n = 0; n < list.length; n++)
      for (let m = n + 1; m < list.length; m++) {
        const [p, q] = [list[n], list[m]];
        const dx = q.at.x - p.at.x;
        if (dx > 170) break;
        const wide = (p.w + q.w) / 2 - dx, dy = q.at.y - p.at.y, high = LINE - Math.abs(dy);
        if (wide <= 0 || high <= 0) continue;
        calm = false;
        if (wide < high) { p.at.x -= wide / 2.2; q.at.x += wide / 2.2; }
        else { const push = ((dy || (m - n) % 2 || -1) < 0 ? -high : high) / 2.2; p.at.y -= push; q.at.y += push; }
      }
    if (calm) break;
  }
}

function packParts(parts, spots) {
  const boxes = parts.map((part) => {
    const xs = part.map((i) => spots.get(i).x), ys = part.map((i) => spots.get(i).y);
    const left = Math.min(...xs) - 90, top = Math.min(...ys) - 50;
    return { ids: part, left, top, w: Math.max(...xs) + 90 - left, h: Math.max(...ys) + 60 - top };
  });
  for (const { box, x, y } of packBoxes(boxes)) for (const i of box.ids) { const at = spots.get(i); at.x += x - box.left; at.y += y - box.top; }
}

/* Each box at the free corner nearest to the middle, on a field wider than high. */
function packBoxes(boxes) {
  const placed = [];
  for (const box of boxes) {
    const corners = placed.length ? placed.flatMap(({ x, y, box: { w, h } }) => [[x + w, y], [x + w, y + h - box.h], [x, y + h], [x, y - box.h], [x - box.w, y], [x - box.w, y + h - box.h], [x + w - box.w, y + h]]) : [[-box.w / 2, -box.h / 2]];
    let best = null;
    for (const [x, y] of corners) {
      if (placed.some((p) => x + 1 < p.x + p.box.w && p.x + 1 < x + box.w && y + 1 < p.y + p.box.h && p.y + 1 < y + box.h)) continue;
      const reachX = Math.max(Math.abs(x), Math.abs(x + box.w)), reachY = Math.max(Math.abs(y), Math.abs(y + box.h)) * 1.12;
      const cost = Math.max(reachX, reachY) + (reachX + reachY) * 0.05;
      if (!best || cost < best.cost - 0.001) best = { cost, x, y };
    }
    placed.push({ box, x: best.x, y: best.y });
  }
  return placed;
}

const bubbleRadius = (bubble) => (bubble.g < 0 ? 40 : 16 + 4.5 * Math.sqrt(bubble.members.length));

function arrangeGroups() {
  const spots = new Map();
  const boxes = groupList().map(({ g, members }) => {
    const bubble = scope.bubbles.find((b) => b.g === g);
    if (bubble) { const r = bubbleRadius(bubble); return { bubble, w: 2 * r + 84, h: 2 * r + 84 }; }
    const inside = members.filter((i) => scope.has(i));
    if (!inside.length) return null;
    const local = layOut(inside);
    const xs = inside.map((i) => local.get(i).x), ys = inside.map((i) => local.get(i).y);
    return { inside, local, left: Math.min(...xs) - 90, top: Math.min(...ys) - 60, w: Math.max(...xs) - Math.min(...xs) + 180, h: Math.max(...ys) - Math.min(...ys) + 130 };
  }).filter(Boolean);
  boxes.sort((a, b) => b.w * b.h - a.w * a.h);
  for (const { box, x, y } of packBoxes(boxes)) {
    if (box.bubble) spots.set(box.bubble.key, { x: x + box.w / 2, y: y + box.h / 2 - 12 });
    else for (const i of box.inside) { const at = box.local.get(i); spots.set(i, { x: at.x + x - box.left, y: at.y + y - box.top }); }
  }
  return spots;
}

/* Positions the reader has changed, kept beside the page under the kind of view they belong to. */
const shelf = () => `zhengmai:${G.digest}`;
const viewKey = () => encode({ ...S, ...look({}), view: "graph", grown: [], hidden: [], lang: G.meta.lang });

function movedAll() {
  try { return JSON.parse(localStorage.getItem(shelf()) ?? "{}"); } catch { return {}; }
}
const movedSpots = () => movedAll()[viewKey()] ?? {};

function keepMoved(i, x, y) {
  const all = movedAll();
  (all[viewKey()] ??= {})[idOf(i)] = [Math.round(x), Math.round(y)];
  try { localStorage.setItem(shelf(), JSON.stringify(all)); } catch { /* some browsers keep nothing for files */ }
}

function forgetMoved() {
  try { localStorage.removeItem(shelf()); } catch { /* nothing was kept */ }
}
