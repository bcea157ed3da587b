/* Pictures, tables and links of what is shown. */
function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
}
const fileName = (ending) => `${pageTitle().replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${ending}`;

/* The view painted anew at `ratio`, with title and legend, so that a picture stands by itself. */
function picture(ratio) {
  const { width, height } = viewOf(), foot = 46, head = 58;
  const canvas = h("canvas", { width: Math.round(width * ratio), height: Math.round((height + foot + head) * ratio) });
  const ctx = canvas.getContext("2d"), view = viewOf(), lit = litNow();
  ctx.scale(ratio, ratio);
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, width, height + foot + head);
  ctx.fillStyle = theme.ink;
  ctx.textBaseline = "alphabetic";
  ctx.font = `600 18px ${theme.font}`;
  ctx.fillText(pageTitle(), 20, 28, width - 40);
  ctx.fillStyle = theme.soft;
  ctx.font = `12px ${theme.font}`;
  ctx.fillText(aboutText(), 20, 48, width - 40);
  ctx.save();
  ctx.translate(0, head);
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.save();
  ctx.translate(view.toX(0), view.toY(0));
  ctx.scale(view.scale, view.scale);
  paintLinks(ctx, spots, view.scale, lit);
  for (const [key, item] of byKey) {
    const { x, y } = spots.get(key);
    if (item.bubble) paintBubble(ctx, item.bubble, x, y, view.scale);
    else paintNode(ctx, item.node, x, y, view.scale, lit);
  }
  ctx.restore();
  paintLabels(ctx, placeLabels(ctx, { ...view, bare: true }, spots, lit));
  ctx.restore();
  let x = 20;
  G.types.forEach((_, type) => {
    if (!scope.ids.some((i) => G.nodes[i].type === type)) return;
    ctx.save();
    ctx.translate(x, height + head + 16);
    ctx.scale(0.7, 0.7);
    ctx.fillStyle = theme.types[type];
    ctx.fill(shapePath(type));
    ctx.restore();
    ctx.fillStyle = theme.ink;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.font = `13px ${theme.font}`;
    ctx.fillText(typeWord(type), x + 20, height + head + 23);
    x += 44 + ctx.measureText(typeWord(type)).width;
  });
  return canvas;
}

const savePicture = () => picture(2).toBlob((blob) => download(fileName("png"), blob), "image/png");

/* Quoted for spreadsheets; a cell that would be a formula gets an apostrophe. */
const cell = (value) => {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
};
function saveTable(kind) {
  const extra = kind === "entities"
    ? [["id", (n) => n.id], ["aliases", (n) => n.aliases.join("; ")]]
    : [["by", (f) => f.q.by ?? ""], ["sentence", (f) => f.evidence.map(([s]) => G.sentences[s][1]).join(" ‖ ")], ["article", (f) => f.articles.map((k) => (k < 0 ? "" : G.articles[k].title)).join(" ‖ ")], ["publisher", (f) => [...new Set(f.articles.map((k) => (k < 0 ? "" : G.articles[k].publisher)))].join(" ‖ ")], ["url", (f) => f.articles.map((k) => (k < 0 ? "" : G.articles[k].link || "")).join(" ")]];
  const columns = [...COLUMNS[kind].map(([name, value]) => [columnWord(name), value]), ...extra];
  const lines = [columns.map(([name]) => cell(name)), ...tableRows(kind).map((row) => columns.map(([, value]) => cell(value(row))))];
  download(fileName(`${kind}.csv`), new Blob(["\ufeff", lines.map((line) => line.join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }));
}

async function copyLink(event) {
  const note = event.currentTarget.querySelector("span") ?? event.currentTarget;
  try { await navigator.clipboard.writeText(location.href); note.textContent = t("copied"); announce(t("copied")); }
  catch { note.textContent = t("copyFail"); }
}

/* Print shows the view in light colours, as a picture beside its legend, with all sentences open. */
function beforePrint() {
  const old = document.documentElement.dataset.theme;
  setTheme("light");
  theme.paper = "#ffffff";
  const image = $("print-picture");
  image.src = picture(2).toDataURL("image/png");
  image.alt = aboutText();
  setTheme(old);
  for (const toggle of document.querySelectorAll("#panel .toggle[aria-expanded=false]")) toggle.click();
}
