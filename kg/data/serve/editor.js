/* The SPARQL editor: YASQE with our prefixes, words and examples; answers as a table. */
"use strict";

const PAGE = 1000;
const FORMS = {
  rows: { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" },
  graph: { Turtle: "text/turtle", "JSON-LD": "application/ld+json", "N-Triples": "application/n-triples", "RDF/XML": "application/rdf+xml" },
};
const ENDINGS = { CSV: "csv", TSV: "tsv", JSON: "srj", XML: "srx", Turtle: "ttl", "JSON-LD": "jsonld", "N-Triples": "nt", "RDF/XML": "rdf" };
const FIRST = `PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX zm: <https://w3id.org/zhengmai/ns#>

# 谁任何职？ Who holds which post?
SELECT ?name ?role ?body WHERE {
  ?fact rdf:predicate zm:holdsPost ;
    rdf:subject/rdfs:label ?name ;
    rdf:object/rdfs:label ?body ;
    zm:role ?role .
}
ORDER BY ?name
LIMIT 50`;

const $ = (id) => document.getElementById(id);
const words = { prefixes: {}, base: "", classes: [], properties: [] };
let running = null;
let shown = { columns: [], rows: [], count: 0 };

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/* -- completion ------------------------------------------------------------------- */

function short(iri) {
  let best = null;
  for (const [prefix, start] of Object.entries(words.prefixes)) {
    if (start && iri.startsWith(start) && (!best || start.length > best[1].length)) best = [prefix, start];
  }
  return best && /^[\p{L}\p{N}_-]*$/u.test(iri.slice(best[1].length)) ? `${best[0]}:${iri.slice(best[1].length)}` : `<${iri}>`;
}

function label(word) {
  return [word["label-zh"], word["label-en"]].filter(Boolean).join(" ");
}

/* What is typed may begin the prefixed name, the IRI, the bare local name, or stand in a label. */
function matching(list, typed) {
  const text = typed.replace(/^</, "").toLowerCase();
  const local = text.slice(text.indexOf(":") + 1);
  const begins = [], holds = [];
  for (const word of list) {
    const name = short(word.iri).toLowerCase();
    if (name.startsWith(text) || word.iri.toLowerCase().startsWith(text)) begins.push(word.iri);
    else if (local && (name.includes(local) || label(word).toLowerCase().includes(local))) holds.push(word.iri);
  }
  return [...begins, ...holds].slice(0, 60);
}

function completer(name, list, here) {
  return {
    name,
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => {
      const token = yasqe.getCompleteToken();
      return !/^[?$"']/.test(token.string) && here(yasqe, token);
    },
    get: (yasqe, token) => matching(list(), (token && token.string.trim()) || ""),
    postProcessSuggestion: (yasqe, token, iri) => short(iri),
    postprocessHints: (yasqe, hints) =>
      hints.map((hint) => {
        const word = list().find((one) => short(one.iri) === hint.text);
        return { ...hint, displayText: word && label(word) ? `${hint.text}   ${label(word)}` : hint.text };
      }),
  };
}

function afterType(yasqe, token) {
  const before = yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token).string;
  return before === "a" || before === "rdf:type";
}

function atPredicate(yasqe, token) {
  return token.string.trim() !== "" && !afterType(yasqe, token) && (token.state.possibleCurrent || []).includes("a");
}

/* -- asking ----------------------------------------------------------------------- */

async function ask(accept) {
  const query = editor.getValue();
  running = new AbortController();
  const reply = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
    signal: running.signal,
  });
  if (!reply.ok) throw new Error((await reply.text()).trim() || `${reply.status} ${reply.statusText}`);
  return reply;
}

async function run() {
  if (running) {
    running.abort();
    return;
  }
  const graph = ["CONSTRUCT", "DESCRIBE"].includes(editor.getQueryType());
  for (const id of ["told", "problem", "graph", "rows", "more"]) $(id).hidden = true;
  $("run").classList.add("busy");
  const start = performance.now();
  try {
    const reply = await ask(graph ? FORMS.graph.Turtle : FORMS.rows.JSON);
    const answer = graph ? await reply.text() : await reply.json();
    const took = `${Math.max(1, Math.round(performance.now() - start))} ms`;
    if (graph) showGraph(answer, took);
    else showRows(answer, took);
    history.replaceState(null, "", `#query=${encodeURIComponent(editor.getValue())}`);
  } catch (error) {
    if (error.name === "AbortError") tell("已停止 stopped", []);
    else {
      $("problem").textContent = error.message;
      $("problem").hidden = false;
    }
  } finally {
    running = null;
    $("run").classList.remove("busy");
  }
}

function tell(text, forms) {
  $("status").textContent = text;
  $("downloads").replaceChildren(
    ...forms.map((name) => {
      const button = element("button", name, { "aria-label": `下载 Download ${name}` });
      button.addEventListener("click", () => download(name));
      return button;
    }),
  );
  $("told").hidden = false;
}

async function download(name) {
  const accept = FORMS.rows[name] || FORMS.graph[name];
  try {
    const reply = await ask(accept);
    const link = element("a", "", { href: URL.createObjectURL(await reply.blob()), download: `answer.${ENDINGS[name]}` });
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    $("problem").textContent = error.message;
    $("problem").hidden = false;
  } finally {
    running = null;
  }
}

/* -- answers ---------------------------------------------------------------------- */

function showGraph(text, took) {
  $("graph").textContent = text;
  $("graph").hidden = false;
  tell(took, Object.keys(FORMS.graph));
}

function showRows(answer, took) {
  if ("boolean" in answer) {
    tell(`${answer.boolean ? "是 true" : "否 false"} · ${took}`, ["JSON", "XML"]);
    return;
  }
  shown = { columns: answer.head.vars, rows: answer.results.bindings, count: 0 };
  const head = element("tr");
  head.append(...shown.columns.map((name) => element("th", name, { scope: "col" })));
  const top = element("thead");
  top.append(head);
  $("rows").replaceChildren(top, element("tbody"));
  $("rows").hidden = false;
  showMore();
  tell(`${shown.rows.length} 行 rows · ${took}`, Object.keys(FORMS.rows));
}

function showMore() {
  const body = $("rows").tBodies[0];
  for (const row of shown.rows.slice(shown.count, shown.count + PAGE)) {
    const line = element("tr");
    line.append(...shown.columns.map((name) => cell(row[name])));
    body.append(line);
  }
  shown.count = Math.min(shown.count + PAGE, shown.rows.length);
  $("more").hidden = shown.count >= shown.rows.length;
}

function cell(term) {
  const made = element("td");
  if (!term) return made;
  if (term.type === "uri") made.append(linked(term.value));
  else made.append(typeof term.value === "string" ? term.value : JSON.stringify(term.value));
  if (/#(integer|decimal|double)$/.test(term.datatype || "")) made.className = "number";
  return made;
}

function linked(iri) {
  if (words.base && iri.startsWith(words.base)) {
    const local = iri.slice(words.base.length);
    const place = local.startsWith("fact-") ? "/fact/" : "/entity/";
    if (!/[/#]/.test(local)) return element("a", local, { href: place + encodeURIComponent(local) });
  }
  if (/^https?:\/\//.test(iri) && short(iri).startsWith("<")) {
    return element("a", iri, { href: iri, rel: "noreferrer noopener external", class: "outside" });
  }
  return element("span", short(iri).replace(/^<|>$/g, ""), { title: iri });
}

/* -- the start -------------------------------------------------------------------- */

/* A prefix of ours is declared as soon as it is used. */
function prefixes(yasqe, token) {
  const typed = (token && (token.autocompletionString || token.string)) || "";
  return Object.entries(words.prefixes).map(([name, iri]) => `${name}: <${iri}>`).filter((line) => line.startsWith(typed));
}

Yasqe.forkAutocompleter("prefixes", { name: "zhengmai-prefixes", get: prefixes, bulk: false, persistenceId: null });
Yasqe.forkAutocompleter("class", completer("zhengmai-class", () => words.classes, afterType));
Yasqe.forkAutocompleter("property", completer("zhengmai-property", () => words.properties, atPredicate));

const editor = new Yasqe($("editor"), {
  value: FIRST,
  persistenceId: "zhengmai",
  autocompleters: ["variables", "zhengmai-prefixes", "zhengmai-class", "zhengmai-property"],
  createShareableLink: null,
  consumeShareLink: null,
  showQueryButton: false,
  resizeable: true,
  editorHeight: "320px",
  extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {}, Tab: false, "Shift-Tab": false },
});
editor.getInputField().setAttribute("aria-label", "SPARQL");

const given = new URLSearchParams(location.hash.slice(1)).get("query");
if (given) editor.setValue(given);
$("run").addEventListener("click", run);
$("more").addEventListener("click", showMore);

fetch("/words.json").then((reply) => reply.json()).then((found) => Object.assign(words, found)).catch(() => {});
fetch("/examples.json").then((reply) => reply.json()).then((found) => {
  $("examples").append(...found.map((one, number) => element("option", one.title || one.name, { value: number })));
  $("examples").addEventListener("change", () => {
    const chosen = found[$("examples").value];
    if (chosen) editor.setValue(chosen.text);
  });
}).catch(() => {});
