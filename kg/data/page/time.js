/* Dates are as exact as the article allows: 2025, 2025-10 or 2025-10-12; compare what both have. */
const notBefore = (date, from) => !from || date.slice(0, from.length) >= from.slice(0, date.length);
const notAfter = (date, to) => !to || date.slice(0, to.length) <= to.slice(0, date.length);
const within = (date, from, to) => notBefore(date, from) && notAfter(date, to);

function timeBounds() {
  const times = G.facts.map((fact) => fact.time).filter((time) => /^\d{4}/.test(time)).sort();
  return times.length ? [times[0], times[times.length - 1]] : null;
}

function articleBounds() {
  const dates = G.articles.map((article) => article.date).filter(Boolean).sort();
  return dates.length ? [dates[0], dates[dates.length - 1]] : null;
}

const isDate = (text) => /^\d{4}(-\d{2}){0,2}$/.test(text ?? "");
const firstDate = (...texts) => texts.find(isDate) ?? "";
const tenure = (fact) => [firstDate(fact.q.start, fact.q.startEarliest, fact.q.startLatest), firstDate(fact.q.end, fact.q.endLatest, fact.q.endEarliest)];
const reported = (fact) => fact.articles.map((k) => (k < 0 ? "" : G.articles[k].date)).filter(Boolean).sort()[0] ?? "";
