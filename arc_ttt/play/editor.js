// ---- a grid that a person paints, and a puzzle of such grids

const pen = { colour: 1, mode: "paint" };
const MODES = [["paint", "paint", "p"], ["fill", "fill an area", "f"], ["box", "rectangle", "r"]];

function flood(rows, r, c, colour) {
  const old = rows[r][c], open = [[r, c]];
  if (old === colour) return;
  while (open.length) {
    const [y, x] = open.pop();
    if (!rows[y] || rows[y][x] !== old) continue;
    rows[y][x] = colour;
    open.push([y + 1, x], [y - 1, x], [y, x + 1], [y, x - 1]);
  }
}
function resized(rows, high, wide) {
  return Array.from({ length: high }, (_, r) => Array.from({ length: wide }, (_, c) => rows[r]?.[c] ?? 0));
}

function gridEditor({ rows, name, source = null, changed, undo, redo, cursor = { r: 0, c: 0 } }) {
  // `changed(rows)` is told of each finished stroke; `source` is the grid that "copy" takes, if there is one; `cursor` is
  // the keyboard's cell.
  let now = rows.map(row => [...row]), before = null, from = null;
  const canvas = el("canvas", { tabindex: 0, role: "application", class: "paper" });
  function finish() {
    fault.textContent = "";
    fields.forEach((field, which) => { field.value = sides[which](); });
    changed(now.map(row => [...row]));
  }
  function draw() {
    const high = now.length, wide = now[0].length;
    Object.assign(cursor, { r: Math.min(cursor.r, high - 1), c: Math.min(cursor.c, wide - 1) });
    const room = Math.min(460, innerWidth - 60), cell = Math.max(9, Math.min(44, Math.floor(room / Math.max(high, wide))));
    const scale = Math.max(1, devicePixelRatio || 1);
    Object.assign(canvas, { width: Math.round((wide * cell + 1) * scale), height: Math.round((high * cell + 1) * scale) });
    canvas.style.width = wide * cell + 1 + "px";
    const g = canvas.getContext("2d");
    g.scale(scale, scale);
    g.fillStyle = "#5a5a5a";
    g.fillRect(0, 0, wide * cell + 1, high * cell + 1);
    now.forEach((row, r) => row.forEach((colour, c) => {
      g.fillStyle = PALETTE[colour];
      g.fillRect(c * cell + 1, r * cell + 1, cell - 1, cell - 1);
      if (chosen.digits) {
        g.fillStyle = bright(colour) ? "#000" : "#fff";
        g.font = `${Math.floor(cell * .55)}px sans-serif`;
        g.textAlign = "center";
        g.textBaseline = "middle";
        g.fillText(colour, c * cell + cell / 2, r * cell + cell / 2 + 1);
      }
    }));
    if (document.activeElement === canvas) for (const [style, inset] of [["#000", 1], ["#fff", 2.5]]) {
      g.strokeStyle = style;
      g.lineWidth = 1.5;
      g.strokeRect(cursor.c * cell + inset, cursor.r * cell + inset, cell - 2 * inset + 1, cell - 2 * inset + 1);
    }
    canvas.setAttribute("aria-label", `${name}, ${high}×${wide}, row ${cursor.r + 1}, column ${cursor.c + 1}: ${NAMES[now[cursor.r][cursor.c]]}; rows: ${now.map(row => row.join("")).join(" ")}`);
    canvas.dataset.rows = toText(now);
  }
  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [Math.floor((event.clientY - box.top) / box.height * now.length), Math.floor((event.clientX - box.left) / box.width * now[0].length)]
      .map((v, i) => Math.max(0, Math.min(v, (i ? now[0].length : now.length) - 1)));
  }
  function apply(r, c) {
    if (pen.mode === "fill") flood(now, r, c, pen.colour);
    else if (pen.mode === "box" && from) {
      now = before.map(row => [...row]);
      for (let y = Math.min(r, from[0]); y <= Math.max(r, from[0]); y++)
        for (let x = Math.min(c, from[1]); x <= Math.max(c, from[1]); x++) now[y][x] = pen.colour;
    } else {
      // A quick stroke leaves out cells between two events: all of the line is painted.
      const [r0, c0] = from ?? [r, c], n = Math.max(Math.abs(r - r0), Math.abs(c - c0), 1);
      for (let i = 0; i <= n; i++) now[Math.round(r0 + (r - r0) * i / n)][Math.round(c0 + (c - c0) * i / n)] = pen.colour;
      from = [r, c];
    }
    draw();
  }
  canvas.addEventListener("pointerdown", event => {
    if (event.button) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });  // a field that is left for it has changed the grid
    lift();
    draw();
    canvas.setPointerCapture(event.pointerId);
    const [r, c] = at(event);
    Object.assign(cursor, { r, c });
    before = now.map(row => [...row]);
    from = [r, c];
    apply(r, c);
  });
  canvas.addEventListener("pointermove", event => {
    if (!before || pen.mode === "fill") return;
    const [r, c] = at(event);
    Object.assign(cursor, { r, c });
    apply(r, c);
  });
  const lift = () => {
    if (!before) return;
    const same = toText(before) === toText(now);
    before = from = null;
    if (!same) finish();
  };
  const abandon = () => { now = before; before = from = null; draw(); };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("focus", draw);
  canvas.addEventListener("blur", () => { lift(); draw(); });
  canvas.addEventListener("keydown", event => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const mode = MODES.find(([, , key]) => key === event.key);
    if ((event.ctrlKey || event.metaKey) && "zyZ".includes(event.key)) {
      if (before) abandon(); else (event.key.toLowerCase() === "z" && !event.shiftKey ? undo : redo)?.();
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (move) {
      cursor.r = Math.max(0, Math.min(now.length - 1, cursor.r + move[0]));
      cursor.c = Math.max(0, Math.min(now[0].length - 1, cursor.c + move[1]));
      if (before) apply(cursor.r, cursor.c); else draw();
    } else if (/^[0-9]$/.test(event.key)) choosePen({ colour: Number(event.key) });
    else if (mode) { lift(); choosePen({ mode: mode[0] }); }
    else if (event.key === "Escape" && before) abandon();
    else if (event.key === "Enter" || event.key === " ") {
      if (pen.mode === "box" && !before) { before = now.map(row => [...row]); from = [cursor.r, cursor.c]; apply(cursor.r, cursor.c); }
      else if (before) lift();
      else { apply(cursor.r, cursor.c); from = null; finish(); }
    } else return;
    event.preventDefault();
  });
  const fault = el("span", { class: "small bad", role: "alert" }), sides = [() => now.length, () => now[0].length];
  const side = (label, which) => el("input", { type: "number", min: 1, max: 30, value: sides[which](), "aria-label": label, onchange: event => {
    const n = Number(event.target.value), fits = Number.isInteger(n) && n >= 1 && n <= 30;
    if (fits) set(which ? resized(now, now.length, n) : resized(now, n, now[0].length));
    else { event.target.value = sides[which](); fault.textContent = "A grid has 1 to 30 rows and columns."; }
  } });
  const fields = [side("rows", 0), side("columns", 1)];
  const palette = el("div", { class: "palette", role: "group", "aria-label": "colour" });
  const modes = el("span", { class: "tools", style: "margin:0", role: "group", "aria-label": "tool" });
  function tools() {
    holding(palette, () => palette.replaceChildren(...PALETTE.map((colour, c) => el("button", { type: "button", style: `background:${colour};color:${bright(c) ? "#000" : "#fff"}`, "aria-pressed": String(pen.colour === c), "aria-label": `${c} ${NAMES[c]}`, title: `${c} ${NAMES[c]}`, onclick: () => choosePen({ colour: c }) }, c))));
    holding(modes, () => modes.replaceChildren(...MODES.map(([mode, text, key]) => el("button", { type: "button", "aria-pressed": String(pen.mode === mode), title: `key ${key}`, onclick: () => choosePen({ mode }) }, text))));
  }
  function choosePen(what) { Object.assign(pen, what); tools(); }
  tools();
  draw();
  function set(made) {
    now = made;
    afterPress(draw);  // which may move what is pressed
    finish();
  }
  return el("div", { class: "editor" },
    palette,
    el("div", { class: "tools" }, modes,
      el("label", { class: "small" }, "size ", fields[0], " × ", fields[1]), fault,
      source && button("copy the input", () => set(toRows(source))),
      button("clear", () => set(blank(now.length, now[0].length))),
      undo && el("span", { class: "tools", style: "margin:0" }, button("undo", undo, { title: "Ctrl-Z" }), button("redo", redo, { title: "Ctrl-Y" }))),
    canvas);
}
