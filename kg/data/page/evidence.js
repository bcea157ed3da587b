/* What backs a fact: sentences with the words marked, and where they were published. */
const entityLink = (i, props) =>
  h("a", { href: encode({ ...S, ...look({ entity: i }) }), class: "entity", ...props, on: { click: (event) => { event.preventDefault(); if (S.view === "table" || S.view === "timeline" || S.view === "targets") go(look({ entity: i })); else select(i); } } }, glyph(G.nodes[i].type), h("span", {}, G.nodes[i].name));

/* flat: kind, start, end, kind, start, end … in UTF-16 units, in order and apart. */
function marked(text, flat) {
  const parts = [];
  let last = 0;
  for (let n = 0; n < flat.length; n += 3) {
    const [kind, start, end] = [flat[n], flat[n + 1], flat[n + 2]];
    parts.push(text.slice(last, start), h("mark", { class: ["subject", "object", "wording"][kind] }, text.slice(start, end)));
    last = end;
  }
  return [...parts, text.slice(last)];
}

function sourceLine(k) {
  if (k < 0) return h("p", { class: "source" }, t("unknownArticle"));
  const article = G.articles[k];
  return h("p", { class: "source" },
    h("a", { href: encode({ ...S, ...look({ source: k }) }), class: "article-link", on: { click: (event) => { event.preventDefault(); go(look({ source: k })); } } }, article.title || t("noTitle")),
    h("span", { class: "where" }, [article.publisher, article.date && dayWord(article.date), article.voice >= 0 && t("reprint")].filter(Boolean).join(" · ")),
    outLink(article));
}

const outLink = (article) => !/^https?:\/\//.test(article.link || "") ? null : h("a", { href: article.link, target: "_blank", rel: "noopener noreferrer", class: "out" }, t("open"), icon("out"));

function quote(sentence, flat) {
  const [k, text] = G.sentences[sentence];
  return h("figure", { class: "quote" }, h("blockquote", {}, marked(text, flat)), h("figcaption", {}, sourceLine(k)));
}

const confidence = (value) =>
  h("p", { class: "confidence" }, t("confidence"), h("span", { class: "bar", "aria-hidden": "true" }, h("svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none" }, h("rect", { width: 100, height: 4, class: "rail" }), h("rect", { width: value, height: 4, class: "level" }))), h("span", { class: "number" }, `${value}%`));

const evidenceOf = (fact) =>
  h("div", { class: "evidence" }, fact.evidence.map(([sentence, ...flat]) => quote(sentence, flat)), oddsOf(fact), confidence(fact.confidence), fact.sources > 1 && h("p", { class: "note voices" }, t("voicesN", { n: fact.sources, v: fact.voices })));

/* What others say of the same: both sides are kept, and each is a click away. */
const oddsOf = (fact) => fact.odds && h("div", { class: "odds" }, h("p", { class: "odd" }, t("odds")), claims(fact.odds.facts.filter((other) => other !== fact)));
const claims = (facts) =>
  h("ul", { class: "sentences" }, facts.map((fact) => h("li", {}, sayFact(fact), h("span", { class: "where" }, [fact.time && fact.basis < 2 && !fact.value && dayWord(fact.time), sourcesWord(fact), `${fact.confidence}%`].filter(Boolean).join(" · ")))));
const sourcesWord = (fact) => (fact.voices < fact.sources ? t("voicesN", { n: fact.sources, v: fact.voices }) : t("sourcesN", { n: fact.sources }));

const sourceBadge = (fact) =>
  h("span", { class: fact.sources > 1 ? "badge many" : "badge" }, fact.sources > 1 ? sourcesWord(fact) : fact.evidence.length > 1 ? t("sentencesN", { n: fact.evidence.length }) : t("sentence1"));

/* A fact as a line: its other end, what qualifies it, and a button that opens its sentences. */
function factRow(fact, from, open) {
  const other = fact.o >= 0 ? otherEnd(fact, from) : -1;
  const when = fact.basis < 2 && fact.p !== G.property.date ? fact.time : "";
  const box = h("div", { class: "evidence-box", hidden: !open, id: `evidence-${fact.j}` });
  if (open) box.append(evidenceOf(fact));
  const toggle = button("", () => {
    const closed = box.hidden;
    if (closed && !box.firstChild) box.append(evidenceOf(fact));
    box.hidden = !closed;
    toggle.setAttribute("aria-expanded", String(closed));
  }, { class: "toggle", "aria-expanded": String(!!open), "aria-controls": `evidence-${fact.j}` }, sourceBadge(fact), icon("down"));
  toggle.setAttribute("aria-label", `${t("sentencesN", { n: fact.evidence.length })}, ${t("sourcesN", { n: fact.sources })}: ${factObject(fact)}`);
  toggle.removeAttribute("title");
  return h("li", { class: "fact", "data-fact": fact.j },
    h("div", { class: "fact-line" },
      h("div", { class: "fact-text" },
        fact.p === G.property.hasTarget ? targetText(fact) : other >= 0 ? entityLink(other) : h("span", { class: "literal" }, factObject(fact)),
        postWord(fact) && h("span", { class: "role" }, postWord(fact)),
        when && h("time", { datetime: when }, dayWord(when)),
        fact.odds && h("span", { class: "odd" }, t("odd")),
        tenureText(fact)),
      toggle),
    box);
}

const tenureText = (fact) => {
  const [start, end] = tenure(fact);
  if (start || end) return "";
  return fact.p === G.property.holdsPost && reported(fact) ? h("span", { class: "asof" }, t("asOf", { d: dayWord(reported(fact)) })) : "";
};
const targetText = (fact) => [h("span", { class: "amount" }, amount(fact.q)), h("span", { class: "indicator" }, fact.q.indicator ?? ""), fact.q.by && h("time", { datetime: fact.q.by }, byWord(fact))];
/* 2025 → 到2025年, unless the article is later than that: then it was reported, not promised. */
const promised = (fact) => !!fact.q.by && fact.q.by.slice(0, 4) > (reported(fact).slice(0, 4) || "0000");
const byWord = (fact) => t(promised(fact) ? "byYear" : "inYear", { y: dayWord(fact.q.by) });
