"use strict";

const at = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("button")];
let busy = false;

/** The sentence with its words marked; text is only ever text. */
function marked(text, words) {
  const parts = document.createDocumentFragment();
  let rest = text;
  while (rest) {
    const found = words
      .map((word) => [rest.indexOf(word), word])
      .filter(([place]) => place >= 0)
      .sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!found) break;
    parts.append(rest.slice(0, found[0]));
    const mark = document.createElement("mark");
    mark.textContent = found[1];
    parts.append(mark);
    rest = rest.slice(found[0] + found[1].length);
  }
  parts.append(rest);
  return parts;
}

function figure(shown) {
  const box = document.createElement("figure");
  const quote = document.createElement("blockquote");
  quote.append(marked(shown.text, shown.marked));
  const caption = document.createElement("figcaption");
  caption.textContent = shown.article;
  box.append(quote, caption);
  return box;
}

function show(state) {
  const done = state.yes + state.no + state.skipped;
  at("place").textContent =
    `${done} / ${done + state.left} · 是 yes ${state.yes} · 否 no ${state.no} · 跳过 skipped ${state.skipped}`;
  at("done").max = Math.max(1, done + state.left);
  at("done").value = done;
  const question = state.question;
  at("kind").textContent = question ? question.kind : "";
  at("text").textContent = question ? question.text : state.over;
  at("shown").replaceChildren(...(question ? question.shown.map(figure) : []));
  for (const button of buttons) {
    button.disabled = state.closed || (!question && "yns".includes(button.dataset.key));
  }
  at("reason").value = "";
  at("text").focus();
}

async function send(key) {
  if (busy) return;
  busy = true;
  try {
    const reason = at("reason").value;
    const answer = await fetch("answer", { method: "POST", body: JSON.stringify({ key, reason }) });
    if (!answer.ok) throw new Error(await answer.text());
    show(await answer.json());
  } catch (error) {
    at("place").textContent = `没有存下 not saved: ${error.message}`;
  } finally {
    busy = false;
  }
}

for (const button of buttons) button.addEventListener("click", () => send(button.dataset.key));
at("answers").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.target === at("reason")) {
    if (event.key === "Escape" || event.key === "Enter") at("text").focus();
    return;
  }
  const button = buttons.find((one) => one.dataset.key === event.key.toLowerCase());
  if (event.key === "r") {
    event.preventDefault();
    at("reason").focus();
  } else if (button && !button.disabled) {
    send(button.dataset.key);
  }
});
fetch("state").then((answer) => answer.json()).then(show);
