"use strict";
// What the report and the page to play on share: elements, words for numbers, grids and charts. All text goes through
// text nodes. `chosen.digits`, of the page that embeds this, says whether colours' numbers stand in the cells.

// ARC's own colours, and ten that also people see apart who see colours otherwise (after Okabe & Ito, and Tol).
const PALETTES = {
  arc: ["#000000", "#0074D9", "#FF4136", "#2ECC40", "#FFDC00", "#AAAAAA", "#F012BE", "#FF851B", "#7FDBFF", "#870C25"],
  safe: ["#000000", "#0072B2", "#D55E00", "#009E73", "#F0E442", "#999999", "#CC79A7", "#E69F00", "#56B4E9", "#882255"],
};
let PALETTE = PALETTES.arc;
try { PALETTE = PALETTES[localStorage.getItem("arc-ttt palette")] ?? PALETTES.arc; } catch { /* a page from a file may have no such memory */ }
function bright(c) {  // whether black is easier to read on the colour than white
  const [r, g, b] = [1, 3, 5].map(i => parseInt(PALETTE[c].slice(i, i + 2), 16));
  return .299 * r + .587 * g + .114 * b > 140;
}
const STATES = {
  solved: ["✓", "solved", "good"], partly: ["◐", "partly solved", "warn"], wrong: ["✗", "wrong", "bad"],
  failed: ["!", "failed", "bad"], open: ["…", "open", "soft"], unknown: ["?", "answer not known", "soft"],
};

// ---- small things

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined && c !== false));
  return node;
}
function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.flat());
  return node;
}
const sum = values => values.reduce((a, b) => a + b, 0);
const mean = values => values.some(v => v === null) ? -Infinity : sum(values) / values.length;
const isNumber = v => typeof v === "number";
const percent = share => (100 * share).toFixed(1) + " %";
const number = (v, digits) => v === null || v === undefined ? "" : v === -Infinity ? "−∞" : v.toFixed(digits).replace("-", "−");
function duration(s) {
  if (s < .05) return "0 s";
  if (s < 60) return s.toFixed(s < 10 ? 1 : 0) + " s";
  const h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60), rest = Math.floor(s % 60);
  return h ? `${h} h${m ? ` ${m} min` : ""}` : `${m} min${rest ? ` ${rest} s` : ""}`;
}

// ---- grids

const parse = text => text.split("/");
const size = rows => `${rows.length}×${rows[0].length}`;
function picture(text, options) {
  // A figure of the grid `text`; cells that differ from `options.truth` are marked.
  const { caption, look = "", truth = null, room = 250 } = options;
  const rows = parse(text), wide = rows[0].length, high = rows.length;
  const cell = Math.max(5, Math.min(28, Math.floor(room / Math.max(wide, high))));
  const other = truth === null ? null : parse(truth);
  const fits = other !== null && other.length === high && other[0].length === wide;
  const wrong = fits ? sum(rows.map((row, r) => [...row].filter((c, i) => c !== other[r][i]).length)) : 0;
  const canvas = el("canvas", { role: "img" });
  const scale = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = Math.round((wide * cell + 1) * scale);
  canvas.height = Math.round((high * cell + 1) * scale);
  canvas.style.width = wide * cell + 1 + "px";
  const g = canvas.getContext("2d");
  g.scale(scale, scale);
  g.fillStyle = "#5a5a5a";  // shows between the cells as lines
  g.fillRect(0, 0, wide * cell + 1, high * cell + 1);
  rows.forEach((row, r) => [...row].forEach((c, i) => {
    const x = i * cell + 1, y = r * cell + 1, side = cell - 1;
    g.fillStyle = PALETTE[c];
    g.fillRect(x, y, side, side);
    if (chosen.digits && cell >= 9) {
      g.fillStyle = bright(c) ? "#000" : "#fff";
      g.font = `${Math.floor(cell * .6)}px sans-serif`;
      g.textAlign = "center";
      g.textBaseline = "middle";
      g.fillText(c, x + side / 2, y + side / 2 + 1);
    }
  }));
  // Marks come last, for they reach beyond their cell: a cross, and around small cells, where it is easily missed, a ring.
  if (fits) rows.forEach((row, r) => [...row].forEach((c, i) => {
    if (c === other[r][i]) return;
    const x = i * cell + 1, y = r * cell + 1, side = cell - 1, inset = side * .16;
    for (const [style, width] of [["#000", Math.max(2.4, cell / 5)], ["#fff", Math.max(1.2, cell / 12)]]) {
      g.strokeStyle = style;
      g.lineWidth = width;
      g.beginPath();
      if (cell < 16) g.rect(x - 1, y - 1, side + 2, side + 2);
      if (cell >= 10) {
        g.moveTo(x + inset, y + inset); g.lineTo(x + side - inset, y + side - inset);
        g.moveTo(x + side - inset, y + inset); g.lineTo(x + inset, y + side - inset);
      }
      g.stroke();
    }
  }));
  let remark = "";
  if (other !== null) {
    remark = !fits ? `wrong size: truth ${size(other)}` : wrong ? `${wrong} of ${wide * high} cells wrong` : "every cell right";
  }
  canvas.setAttribute("aria-label", `${caption} ${size(rows)}, ${remark && remark + ", "}rows: ${rows.join(" ")}`);
  return el("figure", {}, el("figcaption", { class: look }, el("span", {}, `${caption} ${size(rows)}`), remark && el("span", {}, remark)), canvas);
}

// ---- charts

function ticks(most, count) {
  // Round steps from 0 until they reach `most`, about `count` of them.
  const power = 10 ** Math.floor(Math.log10(most / count));
  const step = power * [1, 2, 2.5, 5, 10].find(m => most / (power * m) <= count + 1e-9);
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => +(i * step).toPrecision(6));
}
function timeTicks(last) {
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200].find(s => last / s <= 6) || 86400 * Math.ceil(last / 86400 / 6);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
}

const MARKS = ["var(--c5)", "var(--c2)", "var(--c3)"];
function step(points, options) {
  // A line over [x, y] points as SVG; `options`: x and y write a tick, steps gives the ticks along x, most is the highest y,
  // end the least of the last x; marks are further lines of {x, y, full, title}.
  const W = 520, H = 230, left = 62, right = 12, topGap = 12, bottom = 34;
  const { x, y, steps, most, label, held = false, note = null, marks = [], end = 0 } = options;
  const last = Math.max(end, ...points.map(p => p[0]), 1e-9), up = ticks(most, 5), along = steps(last);
  const top = Math.max(most, up[up.length - 1]);
  const X = v => left + v / last * (W - left - right), Y = v => H - bottom - v / top * (H - bottom - topGap);
  let path = "";
  points.forEach(([a, b], i) => { path += i ? (held ? `H${X(a)}V${Y(b)}` : `L${X(a)} ${Y(b)}`) : `M${X(a)} ${Y(b)}`; });
  return svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": label },
    up.map(v => svg("g", {},
      svg("line", { x1: left, x2: W - right, y1: Y(v), y2: Y(v), stroke: "var(--line)" }),
      svg("text", { x: left - 7, y: Y(v) + 4, "text-anchor": "end" }, y(v)))),
    along.map(v => svg("text", { x: X(v), y: H - 12, "text-anchor": X(v) > W - 40 ? "end" : "middle" }, x(v))),
    svg("path", { d: path, fill: "none", stroke: "var(--c0)", "stroke-width": 2.2, "stroke-linejoin": "round" }),
    marks.map((line, n) => svg("g", { style: `stroke:${MARKS[n % MARKS.length]}` },
      svg("path", { d: line.map((m, i) => `${i ? "L" : "M"}${X(m.x)} ${Y(m.y)}`).join(""), fill: "none", "stroke-width": 1.6, "stroke-dasharray": "5 4" }),
      line.map(m => svg("circle", { cx: X(m.x), cy: Y(m.y), r: 4.5, "stroke-width": 2, style: `fill:${m.full ? MARKS[n % MARKS.length] : "var(--panel)"}` }, svg("title", {}, m.title))))),
    note ? points.map((p, i) => {
      const words = note(p, i);
      return words ? svg("circle", { cx: X(p[0]), cy: Y(p[1]), r: 3.2, fill: "var(--c0)" }, svg("title", {}, words)) : [];
    }) : []);
}
function interval(part) {
  // The share and its 95 % interval on a line from 0 to 100 %.
  const W = 220, X = v => 7 + v * (W - 14), [low, high] = part.interval;
  return svg("svg", { viewBox: `0 0 ${W} 18`, role: "img", "aria-label": `95 % interval ${percent(low)} to ${percent(high)}` },
    svg("line", { x1: X(0), x2: X(1), y1: 9, y2: 9, stroke: "var(--line)", "stroke-width": 2 }),
    svg("line", { x1: X(low), x2: X(high), y1: 9, y2: 9, stroke: "var(--c0)", "stroke-width": 4 }),
    svg("circle", { cx: X(part.share), cy: 9, r: 5, fill: "var(--bg)", stroke: "var(--c0)", "stroke-width": 3 }));
}

// ---- views

function viewName(key) {
  // `s6-p0213…-o1.0`: turned 6 % 4 quarters, transposed from 4 on; the image of each colour; order of demonstrations.
  const found = /^s([0-7])-p(\d{10})/.exec(key);
  if (!found) return "";
  const turns = found[1] % 4, words = [turns ? `turned ${90 * turns}°` : "", found[1] >= 4 ? "transposed" : "", found[2] === "0123456789" ? "" : "recoloured"].filter(Boolean);
  return words.join(", ") || "as it is";
}
