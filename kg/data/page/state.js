/* The state of the page is a plain object; its link is the part after #; history is the browser's. */
const EMPTY = {
  lang: "zh", view: "graph", entity: -1, fact: -1, pair: null, source: -1,
  focus: -1, depth: 1, path: null, groups: null,
  offTypes: [], offRelations: [], publisher: "", article: -1, from: "", to: "", undated: true,
  grown: [], hidden: [], lone: false, limit: 0,
};
let S = { ...EMPTY };
const nodeOf = (id) => G.byId.get(id)?.i ?? -1;
const idOf = (i) => G.nodes[i].id;

function encode(s) {
  const parts = [];
  const add = (key, value) => value !== "" && parts.push(`${key}=${encodeURIComponent(value).replace(/%(?:E[4-9])(?:%[89AB][0-9A-F]){2}/g, decodeURIComponent)}`);
  const ids = (list) => list.map((i) => idOf(i).replace(/[~\\]/g, "\\$&")).join("~");
  if (s.view !== "graph") add("v", s.view);
  if (s.entity >= 0) add("e", idOf(s.entity));
  if (s.fact >= 0) add("f", factKey(G.facts[s.fact]));
  if (s.pair) add("k", ids(s.pair));
  if (s.source >= 0) add("s", G.articles[s.source].id);
  if (s.focus >= 0) add("focus", idOf(s.focus));
  if (s.focus >= 0 && s.depth !== 1) add("depth", s.depth);
  if (s.path) add("path", ids(s.path));
  if (s.groups) add("groups", s.groups.join("~") || "all");
  if (s.offTypes.length) add("t", s.offTypes.map((n) => G.types[n]).join("~"));
  if (s.offRelations.length) add("r", s.offRelations.map((n) => G.relations[n]).join("~"));
  if (s.publisher) add("p", s.publisher);
  if (s.article >= 0) add("a", G.articles[s.article].id);
  if (s.from) add("from", s.from);
  if (s.to) add("to", s.to);
  if (!s.undated) add("undated", "0");
  if (s.grown.length) add("x", ids(s.grown));
  if (s.hidden.length) add("h", ids(s.hidden));
  if (s.lone) add("lone", "1");
  if (s.limit) add("n", s.limit);
  if (s.lang !== G.meta.lang) add("lang", s.lang);
  return parts.length ? `#${parts.join("&")}` : "#";
}

function decode(hash) {
  const read = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try { read[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch { /* a broken link opens the overview */ }
  }
  const list = (text) => (text ? text.match(/(?:\\.|[^~])+/g) ?? [] : []).map((id) => id.replace(/\\([~\\])/g, "$1"));
  const nodes = (text) => list(text).map(nodeOf).filter((i) => i >= 0);
  const date = (text) => (/^\d{4}(-\d{2}){0,2}$/.test(text ?? "") ? text : "");
  const article = (id) => (id === undefined ? -1 : G.articles.findIndex((a) => a.id === id));
  const [pair, path] = [nodes(read.k), nodes(read.path)];
  return {
    ...EMPTY,
    lang: read.lang === "zh" || read.lang === "en" ? read.lang : G.meta.lang,
    view: read.v in WORDS.zh.views ? read.v : "graph",
    entity: read.e === undefined ? -1 : nodeOf(read.e),
    fact: read.f === undefined ? -1 : G.facts.findIndex((fact) => factKey(fact) === read.f),
    pair: pair.length === 2 ? pair : null,
    source: article(read.s),
    focus: read.focus === undefined ? -1 : nodeOf(read.focus),
    depth: read.depth === "2" ? 2 : 1,
    path: path.length === 2 ? path : null,
    groups: read.groups === undefined ? null : (read.groups.match(/-?\d+/g) ?? []).map(Number),
    offTypes: list(read.t).map((name) => G.types.indexOf(name)).filter((n) => n >= 0),
    offRelations: list(read.r).map((name) => G.relations.indexOf(name)).filter((n) => n >= 0),
    publisher: G.articles.some((a) => a.publisher === read.p) ? read.p : "",
    article: article(read.a),
    from: date(read.from), to: date(read.to), undated: read.undated !== "0",
    grown: nodes(read.x), hidden: nodes(read.h), lone: read.lone === "1",
    limit: Math.min(CEILING, Math.max(0, Number.parseInt(read.n ?? "0", 10) || 0)),
  };
}

/* A reload keeps its place in the browser's history. */
let place = history.state?.place ?? 0, furthest = place;

/* Change the state; every change is a step that Back undoes, except where `quiet`. */
function go(patch, quiet = false) {
  const before = encode(S);
  S = { ...S, ...patch };
  const link = encode(S);
  if (link !== before) {
    if (!quiet) furthest = ++place;
    try {
      history[quiet ? "replaceState" : "pushState"]({ place }, "", link);
    } catch { /* some frames allow no history; the page works without */ }
  }
  render();
}

/* What is looked at in the panel; one thing at a time. */
const look = (patch) => ({ entity: -1, fact: -1, pair: null, source: -1, ...patch });

function restore(event) {
  place = event?.state?.place ?? place;
  furthest = Math.max(furthest, place);
  S = decode(location.hash);
  render();
}

const filtered = () => S.offTypes.length || S.offRelations.length || S.publisher || S.article >= 0 || S.from || S.to || !S.undated;
const noFilters = { offTypes: [], offRelations: [], publisher: "", article: -1, from: "", to: "", undated: true };
const select = (i) => go({ ...look({ entity: i }), ...(S.view === "graph" && !S.groups && !scope.has(i) ? { focus: i, depth: 1, path: null, grown: [], hidden: [] } : {}) });
