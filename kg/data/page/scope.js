/* Which entities and links the state asks for. `scope` always says what is on the canvas. */
const CEILING = 1500, EXPANSION = 150;
let scope = { ids: [], set: new Set(), has: () => false, links: [], bubbles: [], capped: 0 };

const byScore = (a, b) => G.nodes[b].score - G.nodes[a].score || a - b;
const typeOn = (i) => !S.offTypes.includes(G.nodes[i].type);

function passes(fact) {
  if (S.offRelations.includes(fact.p) || !typeOn(fact.s) || (fact.o >= 0 && !typeOn(fact.o))) return false;
  if (S.article >= 0 && !fact.articles.includes(S.article)) return false;
  if (S.publisher && !fact.articles.some((k) => k >= 0 && G.articles[k].publisher === S.publisher)) return false;
  if (!fact.time) return S.undated;
  return within(fact.time, S.from, S.to);
}

/* Neighbours through facts that pass, the weightiest first. */
function neighbours(i) {
  const found = new Set();
  for (const fact of G.nodes[i].facts) {
    const other = otherEnd(fact, i);
    if (other >= 0 && other !== i && passes(fact)) found.add(other);
  }
  return [...found].sort(byScore);
}

function around(root, depth) {
  const seen = new Set([root]);
  let edge = [root];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const i of edge) for (const n of neighbours(i)) if (!seen.has(n)) { seen.add(n); next.push(n); }
    edge = next;
  }
  return [...seen];
}

/* A shortest path, through the weightiest entities where there is a choice; [] if there is none. */
function shortest(a, b) {
  const before = new Map([[a, -1]]);
  let edge = [a];
  while (edge.length && !before.has(b)) {
    const next = [];
    for (const i of edge) for (const n of neighbours(i)) if (!before.has(n)) { before.set(n, i); next.push(n); }
    edge = next;
  }
  if (!before.has(b)) return [];
  const path = [];
  for (let i = b; i >= 0; i = before.get(i)) path.unshift(i);
  return path;
}

const narrowed = () => S.offRelations.length || S.publisher || S.article >= 0 || S.from || S.to || !S.undated;

function overview() {
  if (!narrowed() && !S.limit) return G.first.map(({ i }) => i).filter(typeOn);
  const limit = S.limit || G.meta.max;
  const pairs = [];
  for (const fact of G.facts) if (fact.o >= 0 && fact.o !== fact.s && passes(fact)) pairs.push(fact);
  const weight = (fact) => G.nodes[fact.s].score + G.nodes[fact.o].score;
  pairs.sort((x, y) => weight(y) - weight(x) || x.j - y.j);
  const chosen = new Set(S.limit ? G.first.map(({ i }) => i).filter((i) => typeOn(i) && (!narrowed() || neighbours(i).length)) : []);
  for (const fact of pairs) {
    if (chosen.size + 2 > limit) break;
    chosen.add(fact.s).add(fact.o);
  }
  return [...chosen].slice(0, Math.max(limit, 2));
}

/* What no fact joins to another entity. */
const lonely = () => G.nodes.filter((node) => !node.degree && typeOn(node.i)).map((node) => node.i);

function baseOf() {
  if (S.path) return shortest(...S.path).length ? shortest(...S.path) : S.path;
  if (S.focus >= 0) return around(S.focus, S.depth);
  return overview();
}

function survey() {
  if (S.groups) return surveyGroups();
  const base = baseOf();
  const all = new Set(base);
  for (const i of S.grown) {
    all.add(i);
    for (const n of neighbours(i).slice(0, EXPANSION)) all.add(n);
  }
  if (S.entity >= 0 && S.path === null && S.focus < 0 && S.grown.length) all.add(S.entity);
  if (S.lone && S.focus < 0 && !S.path) for (const i of lonely().sort(byScore).slice(0, CEILING)) all.add(i);
  for (const i of S.hidden) all.delete(i);
  let ids = [...all], capped = 0;
  const limit = S.grown.length || S.lone || S.limit ? CEILING : Math.max(300, G.meta.max);
  if (ids.length > limit) {
    capped = ids.length;
    const keep = (i) => i === S.focus || S.path?.includes(i);
    ids = ids.sort((a, b) => keep(b) - keep(a) || byScore(a, b)).slice(0, limit);
  }
  return finish(ids, [], capped);
}

function finish(ids, bubbles, capped) {
  const set = new Set(ids);
  const pairs = new Map();
  for (const i of ids)
    for (const fact of G.nodes[i].facts) {
      if (fact.s !== i || fact.o < 0 || fact.o === i || !set.has(fact.o) || !passes(fact)) continue;
      const [a, b] = i < fact.o ? [i, fact.o] : [fact.o, i];
      const key = `${a}-${b}`;
      if (!pairs.has(key)) pairs.set(key, { a, b, facts: [] });
      pairs.get(key).facts.push(fact.j);
    }
  return { ids, set, has: (i) => set.has(i), links: [...pairs.values()], bubbles, capped };
}

/* Communities as bubbles, the small ones together in one; those in S.groups are open. */
const BUBBLES = 40, STRANDS = 2, SMALLEST = 4;
let communities = null;

function groupList() {
  if (communities) return communities;
  const members = new Map();
  for (const node of G.nodes) {
    if (!members.has(node.group)) members.set(node.group, []);
    members.get(node.group).push(node.i);
  }
  const big = [...members.entries()].filter(([g, list]) => g >= 0 && list.length >= SMALLEST).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, BUBBLES);
  const taken = new Set(big.map(([g]) => g));
  const rest = G.nodes.filter((node) => !taken.has(node.group)).map((node) => node.i);
  communities = big.map(([g, list]) => ({ g, members: list.sort(byScore) }));
  if (rest.length) communities.push({ g: -1, members: rest.sort(byScore) });
  return communities;
}

function surveyGroups() {
  const ids = [], bubbles = [], home = new Map();
  for (const { g, members } of groupList()) {
    const on = members.filter((i) => typeOn(i) && !S.hidden.includes(i));
    if (!on.length) continue;
    if (g >= 0 && S.groups.includes(g) && ids.length + on.length <= CEILING) ids.push(...on);
    else bubbles.push({ g, key: `g${g}`, members: on, links: new Map() });
  }
  for (const bubble of bubbles) for (const i of bubble.members) home.set(i, bubble.key);
  const result = finish(ids, bubbles, 0);
  const between = new Map();
  for (const fact of G.facts) {
    if (fact.o < 0 || !passes(fact)) continue;
    const a = home.get(fact.s) ?? (result.has(fact.s) ? fact.s : null), b = home.get(fact.o) ?? (result.has(fact.o) ? fact.o : null);
    if (a === null || b === null || a === b || (typeof a === "number" && typeof b === "number")) continue;
    const key = String(a) < String(b) ? `${a}|${b}` : `${b}|${a}`;
    if (!between.has(key)) between.set(key, { a, b, facts: [] });
    between.get(key).facts.push(fact.j);
  }
  result.links.push(...strongest([...between.values()]));
  return result;
}

/* Between bubbles only the strongest links are drawn, a few of each; all of them would be a hairball. */
function strongest(links) {
  const drawn = new Map();
  return links.filter(({ a, b }) => a !== "g-1" && b !== "g-1").sort((p, q) => q.facts.length - p.facts.length || String(p.a).localeCompare(String(q.a))).filter(({ a, b }) => {
    const used = Math.min(drawn.get(a) ?? 0, drawn.get(b) ?? 0);
    if (used >= STRANDS) return false;
    for (const end of [a, b]) drawn.set(end, (drawn.get(end) ?? 0) + 1);
    return true;
  });
}

const groupName = (bubble) => (bubble.g < 0 ? t("scattered") : t("groupOf", { name: label(G.nodes[bubble.members[0]], 14) }));
