/* Elements are made here and nowhere else, and text only ever becomes text: no input can become markup. */
const SVG = "http://www.w3.org/2000/svg";

function h(tag, props, ...children) {
  const svg = SVG_TAGS.has(tag);
  const element = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [event, f] of Object.entries(value)) element.addEventListener(event, f);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden") element[key] = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  put(element, children);
  return element;
}
const SVG_TAGS = new Set(["svg", "path", "circle", "rect", "polygon", "g", "line"]);

function put(element, children) {
  for (const child of children.flat(3)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function fill(element, ...children) {
  element.replaceChildren();
  put(element, children);
  return element;
}

const $ = (id) => document.getElementById(id);
const button = (label, onclick, props, ...content) =>
  h("button", { type: "button", "aria-label": content.length ? label : undefined, title: content.length ? label : undefined, ...props, on: { click: onclick } }, content.length ? content : label);

const ICONS = {
  back: "M15 5l-7 7 7 7", forward: "M9 5l7 7-7 7", reset: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  save: "M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14", search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  close: "M6 6l12 12M18 6L6 18", filter: "M4 6h16M7 12h10M10 18h4", sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.500 10.500z", plus: "M12 5v14M5 12h14", minus: "M5 12h14", fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  down: "M6 9l6 6 6-6", up: "M6 15l6-6 6 6", out: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5", graph: "M6 7.500a2 2 0 1 0 0-.1M18 6.500a2 2 0 1 0 0-.1M12 18.500a2 2 0 1 0 0-.1M8 8l3 8M17 8l-4 8M8 7l8-.5",
  timeline: "M5 4v16M5 7h9M5 12h14M5 17h6", targets: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z", table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9", groups: "M8 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM17 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16.500 9a2 2 0 1 0 0-.1M7 20a2 2 0 1 0 0-.1",
};
const icon = (name) => h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: ICONS[name] }));

/* The shapes of the types, on a 20 × 20 field; the canvas draws the same. */
const SHAPES = {
  Organisation: "M4 2.500H16Q17.500 2.500 17.500 4V16Q17.500 17.500 16 17.500H4Q2.500 17.500 2.500 16V4Q2.500 2.500 4 2.500Z",
  Person: "M10 1.500A8.500 8.500 0 1 1 9.990 1.500Z",
  Programme: "M10 0.600L19.400 10L10 19.400L0.600 10Z",
  Event: "M10 0.200L12.900 6.600L19.800 7.300L14.600 12L16.100 18.900L10 15.300L3.900 18.900L5.400 12L0.200 7.300L7.100 6.600Z",
  Place: "M1.200 3H18.800L10 18.800Z",
};
const glyph = (type) =>
  h("svg", { class: `glyph type-${G.types[type]}`, viewBox: "0 0 20 20", "aria-hidden": "true" }, h("path", { d: SHAPES[G.types[type]] }));

function announce(text) {
  const live = $("live");
  if (live.textContent !== text) live.textContent = text;
}
