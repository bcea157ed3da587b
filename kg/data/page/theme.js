/* Colours live in the style sheet; the canvas reads them from there. */
let theme = null;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  theme = {
    paper: colour("canvas"), ink: colour("ink"), soft: colour("ink-soft"), edge: colour("edge"), lit: colour("accent"), card: colour("card"),
    font: style.getPropertyValue("--sans").trim(),
    types: G.types.map((name) => colour(name.toLowerCase())),
    washes: G.types.map((name) => colour(name.toLowerCase() + "-wash")),
  };
}

function setTheme(name, keep) {
  document.documentElement.dataset.theme = name;
  if (keep) try { localStorage.setItem("zhengmai:theme", name); } catch { /* only for this visit */ }
  readTheme();
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let kept = null;
  try { kept = localStorage.getItem("zhengmai:theme"); } catch { /* follow the system */ }
  setTheme(kept === "dark" || kept === "light" ? kept : dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => { setTheme(dark.matches ? "dark" : "light"); render(); });
}
