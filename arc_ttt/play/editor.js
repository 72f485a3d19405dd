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

function gridEditor({ rows, name, source = null, changed, undo, redo }) {
  // `changed(rows)` is told of each finished stroke; `source` is the grid that "copy" takes, if there is one.
  let now = rows.map(row => [...row]), before = null, from = null;
  const cursor = { r: 0, c: 0 };
  const canvas = el("canvas", { tabindex: 0, role: "application", class: "paper" });
  const finish = () => changed(now.map(row => [...row]));
  function draw() {
    const high = now.length, wide = now[0].length;
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
    canvas.focus();
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
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("focus", draw);
  canvas.addEventListener("blur", draw);
  canvas.addEventListener("keydown", event => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const mode = MODES.find(([, , key]) => key === event.key);
    if ((event.ctrlKey || event.metaKey) && "zyZ".includes(event.key)) (event.key.toLowerCase() === "z" && !event.shiftKey ? undo : redo)?.();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (move) {
      cursor.r = Math.max(0, Math.min(now.length - 1, cursor.r + move[0]));
      cursor.c = Math.max(0, Math.min(now[0].length - 1, cursor.c + move[1]));
      if (before) apply(cursor.r, cursor.c); else draw();
    } else if (/^[0-9]$/.test(event.key)) choosePen({ colour: Number(event.key) });
    else if (mode) choosePen({ mode: mode[0] });
    else if (event.key === "Enter" || event.key === " ") {
      if (pen.mode === "box" && !before) { before = now.map(row => [...row]); from = [cursor.r, cursor.c]; apply(cursor.r, cursor.c); }
      else if (before) lift();
      else { apply(cursor.r, cursor.c); from = null; finish(); }
    } else return;
    event.preventDefault();
  });
  const side = (label, value, most, set) => el("input", { type: "number", min: 1, max: 30, value, "aria-label": label, onchange: event => {
    const n = Math.round(Number(event.target.value));
    if (!(n >= 1 && n <= 30)) { event.target.value = value; say("A grid has 1 to 30 rows and columns.", "error"); return; }
    set(n);
    finish();
  } });
  const palette = el("div", { class: "palette", role: "group", "aria-label": "colour" });
  const modes = el("span", { class: "tools", style: "margin:0", role: "group", "aria-label": "tool" });
  function tools() {
    palette.replaceChildren(...PALETTE.map((colour, c) => el("button", { type: "button", style: `background:${colour};color:${bright(c) ? "#000" : "#fff"}`, "aria-pressed": String(pen.colour === c), "aria-label": `${c} ${NAMES[c]}`, title: `${c} ${NAMES[c]}`, onclick: () => choosePen({ colour: c }) }, c)));
    modes.replaceChildren(...MODES.map(([mode, text, key]) => el("button", { type: "button", "aria-pressed": String(pen.mode === mode), title: `key ${key}`, onclick: () => choosePen({ mode }) }, text)));
  }
  function choosePen(what) { Object.assign(pen, what); tools(); }
  tools();
  draw();
  const set = made => { now = made; cursor.r = Math.min(cursor.r, now.length - 1); cursor.c = Math.min(cursor.c, now[0].length - 1); draw(); finish(); };
  return el("div", { class: "editor" },
    palette,
    el("div", { class: "tools" }, modes,
      el("label", { class: "small" }, "size ", side("rows", now.length, 30, n => { now = resized(now, n, now[0].length); }), " × ", side("columns", now[0].length, 30, n => { now = resized(now, now.length, n); })),
      source && button("copy the input", () => set(toRows(source))),
      button("clear", () => set(blank(now.length, now[0].length))),
      undo && button("undo", undo, { title: "Ctrl-Z" }), redo && button("redo", redo, { title: "Ctrl-Y" })),
    canvas);
}

// ---- the puzzle that is drawn

const EMPTY = () => ({ id: "my-puzzle", demonstrations: [[blank(3, 3), blank(3, 3)].map(toText), [blank(3, 3), blank(3, 3)].map(toText)], tests: [toText(blank(3, 3))], answers: [null] });
const desk = { draft: memory.get("draft", null) ?? EMPTY(), past: [], future: [], at: ["demonstrations", 0, 0] };
function put(draft, keep = true) {
  if (keep) { desk.past = [...desk.past, JSON.stringify(desk.draft)].slice(-300); desk.future = []; }
  desk.draft = draft;
  memory.set("draft", draft);
}
function openDraft(task) {
  put({ id: task.id, demonstrations: task.demonstrations, tests: task.tests, answers: task.tests.map((_, i) => task.answers?.[i] ?? null) });
  desk.at = ["demonstrations", 0, 0];
}
function draftFile() {
  const { id, demonstrations, tests, answers } = desk.draft;
  // Answers are known for all tests or for none.
  return { name: id, text: asFile({ demonstrations, tests, answers: answers.every(Boolean) ? answers : null }) };
}
async function openFiles(files) {
  // Puzzles that were dropped or chosen; the first one is opened, the server says what is wrong with it.
  const file = files[0];
  if (!file) return;
  if (file.size > 16 * 2 ** 20) throw new Refusal(`${file.name}: has ${file.size.toLocaleString("en")} bytes, more than the 16,777,216 allowed`);
  openDraft(await ask("check", { name: file.name, text: await file.text() }));
  location.hash = link("draw");
  if (files.length > 1) say(`${file.name} is open; drop one file at a time.`);
  route();
}
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", guarded(async event => { event.preventDefault(); await openFiles(event.dataTransfer.files); }));
addEventListener("paste", guarded(async event => {
  const text = event.clipboardData.getData("text");
  if (event.target.closest("input, textarea") || !text.trim().startsWith("{")) return;
  event.preventDefault();
  openDraft(await ask("check", { name: "pasted", text }));
  location.hash = link("draw");
  route();
}));

function drawPage() {
  document.title = "draw · arc-ttt play";
  const draw = () => { if (location.hash.startsWith("#/draw")) drawPage(); };
  const stepTo = (from, to) => {
    if (!desk[from].length) return;
    desk[to].push(JSON.stringify(desk.draft));
    put(JSON.parse(desk[from].pop()), false);
    const [part, n] = desk.at;
    if (!desk.draft[part === "answers" ? "tests" : part][n]) desk.at = ["demonstrations", 0, 0];
    draw();
    main.querySelector(".paper")?.focus({ preventScroll: true });
  };
  const { draft } = desk, copy = () => structuredClone(desk.draft);
  const [part, n, half] = desk.at, held = part === "demonstrations" ? draft.demonstrations[n][half] : draft[part][n];
  const input = part === "demonstrations" && half === 1 ? draft.demonstrations[n][0] : part === "answers" ? draft.tests[n] : null;
  const name = part === "demonstrations" ? `demonstration ${n + 1}, ${half ? "output" : "input"}` : `test ${n + 1}, ${part === "tests" ? "input" : "answer"}`;
  const thumb = (where, text, caption) => el("button", { type: "button", class: "thumb", "aria-pressed": String(String(where) === String(desk.at)), onclick: () => { desk.at = where; draw(); main.querySelector(".paper").focus({ preventScroll: true }); } },
    text ? picture(text, { caption, room: 92 }) : el("span", { class: "soft small" }, `${caption}: none`));
  const drop = (list, i) => button("×", () => {
    const made = copy();
    made[list].splice(i, 1);
    if (list === "tests") made.answers.splice(i, 1);
    put(made);
    desk.at = ["demonstrations", 0, 0];
    draw();
  }, { disabled: draft[list].length < 2, "aria-label": `remove ${list === "tests" ? "test" : "demonstration"} ${i + 1}` });
  main.replaceChildren(
    el("div", { class: "tools" },
      el("label", {}, "name ", el("input", { type: "text", value: draft.id, maxlength: 100, onchange: event => { put({ ...copy(), id: event.target.value.trim() || "my-puzzle" }); draw(); } })),
      button("new", () => { put(EMPTY()); desk.at = ["demonstrations", 0, 0]; draw(); }),
      el("label", { class: "file" }, "open a file", el("input", { type: "file", accept: ".json,application/json", onchange: guarded(event => openFiles(event.target.files)) })),
      button("paste JSON", pasteDialog),
      button("save", async () => {
        const file = draftFile();
        try { say(`saved as ${(await ask("save", file)).saved}`); } catch (fault) {
          if (!(fault instanceof Refusal) || !fault.message.includes("is there already") || !confirm(`${fault.message}\n\nReplace it?`)) throw fault;
          say(`saved as ${(await ask("save", { ...file, replace: true })).saved}`);
        }
      }),
      button("download", () => { const file = draftFile(); download(`${file.name}.json`, file.text); })),
    el("div", { class: "tools" },
      button("Solve", async () => { location.hash = link("job", (await ask("solve", { ...draftFile(), how: asked() })).job); }, { class: "go", id: "ui-solve" }), howTools()),
    el("div", { class: "split" },
      el("section", { "aria-label": "the grid in work" }, el("h2", {}, name),
        held ? gridEditor({ rows: toRows(held), name, source: input, undo: () => stepTo("past", "future"), redo: () => stepTo("future", "past"), changed: rows => {
          const made = copy(), text = toText(rows), focused = document.activeElement?.classList.contains("paper"), cell = document.activeElement;
          if (part === "demonstrations") made.demonstrations[n][half] = text; else made[part][n] = text;
          put(made);
          if (focused && cell) {  // the paper stays, so that a stroke of the keyboard goes on where it was
            main.querySelector("#ui-pairs").replaceWith(pairs(desk.draft));
          } else draw();
        } }) : el("p", {}, "No answer yet: the machine is not told it, it only serves to compare. ", button("draw one", () => { const made = copy(); made.answers[n] = draft.tests[n]; put(made); draw(); })),
        part === "answers" && held && button("no answer", () => { const made = copy(); made.answers[n] = null; put(made); draw(); }),
        el("p", { class: "small soft" }, "Keys, with the grid in focus: arrows move, 0–9 choose a colour, Enter paints, p f r choose a tool, Ctrl-Z and Ctrl-Y undo and redo.")),
      pairs(draft)));
  function pairs(draft) {
    return el("section", { id: "ui-pairs", "aria-label": "the puzzle" }, el("h2", {}, "Demonstrations"),
      draft.demonstrations.map(([i, o], n) => el("div", { class: "pair panel" }, thumb(["demonstrations", n, 0], i, "input"), el("span", { class: "arrow" }, "→"), thumb(["demonstrations", n, 1], o, "output"), drop("demonstrations", n))),
      button("add a demonstration", () => {
        const made = copy(), last = parse(made.demonstrations.at(-1)[0]), empty = toText(blank(last.length, last[0].length));
        made.demonstrations.push([empty, empty]);
        put(made);
        desk.at = ["demonstrations", made.demonstrations.length - 1, 0];
        draw();
      }, { disabled: draft.demonstrations.length >= 20 }),
      el("h2", {}, "Tests"),
      draft.tests.map((t, n) => el("div", { class: "pair panel" }, thumb(["tests", n], t, "input"), el("span", { class: "arrow" }, "→"), thumb(["answers", n], draft.answers[n], "answer"), drop("tests", n))),
      button("add a test", () => { const made = copy(); made.tests.push(toText(blank(3, 3))); made.answers.push(null); put(made); desk.at = ["tests", made.tests.length - 1]; draw(); }, { disabled: draft.tests.length >= 10 }));
  }
}
function pasteDialog() {
  const text = el("textarea", { rows: 8, "aria-label": "a puzzle as JSON", placeholder: '{"train": [{"input": [[0, 1]], "output": [[1, 0]]}], "test": [{"input": [[2, 0]]}]}' });
  const fault = el("p", { class: "bad", role: "alert" });
  const dialog = el("dialog", {}, el("h3", {}, "A puzzle as JSON"), text, fault,
    el("div", { class: "tools" }, button("open", async () => {
      try { openDraft(await ask("check", { name: "pasted", text: text.value })); } catch (no) {
        if (!(no instanceof Refusal)) throw no;
        fault.textContent = no.message;
        return;
      }
      dialog.remove();
      drawPage();
    }, { class: "go" }), button("close", () => dialog.remove())));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
