/* One query finds names by characters in either script, by alias, by pinyin and by initials. */
let index = null;
const foldText = (text) => [...text.normalize("NFKC").toLowerCase()].map((char) => G.fold.get(char) ?? char).join("");

function buildIndex() {
  if (index) return index;
  const entry = (node, name, alias) => {
    const folded = foldText(name);
    const spoken = G.special.get([...name].map((char) => G.fold.get(char) ?? char).join(""));
    const special = spoken ? spoken.split(" ") : null;
    let han = 0;
    const syllables = [...folded].map((char) => (G.usual.has(char) ? (special?.[han++] ?? G.usual.get(char)) : char));
    const initials = syllables.map((syllable) => syllable[0]).join("");
    return { node, name, alias, folded, syllables, initials };
  };
  index = G.nodes.flatMap((node) => [entry(node, node.name, false), ...node.aliases.map((alias) => entry(node, alias, true))]);
  return index;
}

/* Whether q reads as syllables from `at` on, each in full or by a beginning: jyt, jiaoyut, jyuting. */
function spells(syllables, at, q, from = 0) {
  if (from === q.length) return true;
  if (at >= syllables.length) return false;
  const syllable = syllables[at];
  for (let length = Math.min(syllable.length, q.length - from); length > 0; length--)
    if (q.startsWith(syllable.slice(0, length), from) && spells(syllables, at + 1, q, from + length)) return true;
  return false;
}

function rank(entry, q, latin) {
  if (entry.folded === q) return 100;
  const at = entry.folded.indexOf(q);
  if (at === 0) return 80;
  if (at > 0) return 60;
  if (!latin) return 0;
  const inner = entry.initials.indexOf(q);
  if (inner === 0 && q.length === entry.initials.length) return 55;
  if (inner === 0) return 45;
  for (let start = 0; start < entry.syllables.length; start++)
    if (entry.syllables[start][0] === q[0] && spells(entry.syllables, start, q)) return start === 0 ? 44 : 30;
  return 0;
}

function search(query, limit = 12) {
  const q = foldText(query).replace(/[\s'’]/g, "");
  if (!q) return { hits: [], total: 0 };
  const latin = /^[a-z0-9]+$/.test(q);
  const best = new Map();
  for (const entry of buildIndex()) {
    let points = rank(entry, q, latin);
    if (!points) continue;
    if (entry.alias) points -= 4;
    const known = best.get(entry.node.i);
    if (!known || known.points < points) best.set(entry.node.i, { node: entry.node, name: entry.name, alias: entry.alias, points });
  }
  const hits = [...best.values()].sort(
    (a, b) => b.points - a.points || b.node.score - a.node.score || a.name.length - b.name.length || a.node.i - b.node.i,
  );
  return { hits: hits.slice(0, limit), total: hits.length };
}
