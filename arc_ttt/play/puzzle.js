// ---- the puzzle that is drawn

const EMPTY = () => ({ id: "my-puzzle", demonstrations: [[blank(3, 3), blank(3, 3)].map(toText), [blank(3, 3), blank(3, 3)].map(toText)], tests: [toText(blank(3, 3))], answers: [null] });
// Each tab has its own draft; a new tab begins with what was drawn last in any.
const desk = { draft: tabMemory.get("draft", null) ?? memory.get("draft", null) ?? EMPTY(), past: [], future: [], ...tabMemory.get("steps", {}), at: ["demonstrations", 0, 0], cursor: { r: 0, c: 0 } };
addEventListener("pagehide", () => tabMemory.set("steps", { past: desk.past.slice(-60), future: desk.future.slice(-60) }));
const snapshot = () => JSON.stringify([desk.draft, desk.at]);
function lookAt(where) {
  // Choose another grid to work on.
  if (String(where) !== String(desk.at)) desk.cursor = { r: 0, c: 0 };
  desk.at = where;
}
function put(draft, keep = true) {
  if (keep) { desk.past = [...desk.past, snapshot()].slice(-300); desk.future = []; }
  desk.draft = draft;
  for (const one of [tabMemory, memory]) one.set("draft", draft);
}
function openDraft(task) {
  said.replaceChildren();
  put({ id: task.id, demonstrations: task.demonstrations, tests: task.tests, answers: task.tests.map((_, i) => (task.answers ?? task.outputs)?.[i] ?? null) });
  lookAt(["demonstrations", 0, 0]);
  if (lacking()) say(lacking());
}
function draftFile() {
  return { name: desk.draft.id, text: asFile(desk.draft) };
}
function lacking() {
  // Answers are known for all tests or for none.
  const { answers } = desk.draft, n = answers.indexOf(null);
  return n >= 0 && answers.some(Boolean) ? `Test ${n + 1} has no answer: until it has, the others count for nothing.` : "";
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
  const draw = () => {
    if (!location.hash.startsWith("#/draw")) return;
    drawPage();
    (main.querySelector(".paper") ?? main.querySelector(".split button")).focus({ preventScroll: true });
  };
  const stepTo = (from, to) => {
    if (!desk[from].length) return;
    const [draft, at] = JSON.parse(desk[from].pop());  // and where it was changed
    desk[to].push(JSON.stringify([desk.draft, at]));
    put(draft, false);
    lookAt(desk.draft[at[0] === "answers" ? "tests" : at[0]][at[1]] ? at : ["demonstrations", 0, 0]);
    draw();
  };
  const { draft } = desk, copy = () => structuredClone(desk.draft);
  const [part, n, half] = desk.at, held = part === "demonstrations" ? draft.demonstrations[n][half] : draft[part][n];
  const input = part === "demonstrations" && half === 1 ? draft.demonstrations[n][0] : part === "answers" ? draft.tests[n] : null;
  const name = part === "demonstrations" ? `demonstration ${n + 1}, ${half ? "output" : "input"}` : `test ${n + 1}, ${part === "tests" ? "input" : "answer"}`;
  const thumb = (where, text, caption) => el("button", { type: "button", class: "thumb", "aria-pressed": String(String(where) === String(desk.at)), onclick: () => { lookAt(where); draw(); } },
    text ? picture(text, { caption, room: 92 }) : el("span", { class: "soft small" }, `${caption}: none`));
  const drop = (list, i) => button("×", () => {
    const made = copy();
    made[list].splice(i, 1);
    if (list === "tests") made.answers.splice(i, 1);
    put(made);
    lookAt(["demonstrations", 0, 0]);
    draw();
  }, { disabled: draft[list].length < 2, "aria-label": `remove ${list === "tests" ? "test" : "demonstration"} ${i + 1}` });
  main.replaceChildren(
    el("div", { class: "tools" },
      el("label", {}, "name ", el("input", { type: "text", value: draft.id, maxlength: 100, onchange: event => { const id = event.target.value.trim() || "my-puzzle"; put({ ...copy(), id }); event.target.value = id; } })),
      button("new", () => { put(EMPTY()); lookAt(["demonstrations", 0, 0]); draw(); }),
      el("label", { class: "file" }, "open a file", el("input", { type: "file", accept: ".json,application/json", onchange: guarded(event => openFiles(event.target.files)) })),
      button("paste JSON", pasteDialog),
      button("save", async () => {
        const file = draftFile(), keep = async more => say([`saved as ${(await ask("save", { ...file, ...more })).saved}`, lacking()].filter(Boolean).join(". "));
        try { await keep({}); } catch (fault) {
          if (!(fault instanceof Refusal) || !fault.message.includes("is there already") || !confirm(`${fault.message}\n\nReplace it?`)) throw fault;
          await keep({ replace: true });
        }
      }),
      button("download", () => { const file = draftFile(); download(`${file.name}.json`, file.text); if (lacking()) say(lacking()); })),
    el("div", { class: "tools" },
      solveButton("Solve", async () => { location.hash = link("job", (await ask("solve", { ...draftFile(), how: asked() })).job); if (lacking()) say(lacking()); }, { id: "ui-solve" }), howTools()),
    el("div", { class: "split" },
      el("section", { "aria-label": "the grid in work" }, el("h2", {}, name),
        held ? gridEditor({ rows: toRows(held), name, source: input, cursor: desk.cursor, undo: () => stepTo("past", "future"), redo: () => stepTo("future", "past"), changed: rows => {
          const made = copy(), text = toText(rows);
          if (part === "demonstrations") made.demonstrations[n][half] = text; else made[part][n] = text;
          put(made);
          afterPress(() => main.querySelector("#ui-pairs")?.replaceWith(pairs(desk.draft)));  // the paper stays as it is
        } }) : el("p", {}, "No answer yet: the machine is not told it, it only serves to compare. ", button("draw one", () => { const made = copy(); made.answers[n] = draft.tests[n]; put(made); draw(); })),
        part === "answers" && held && button("no answer", () => { const made = copy(); made.answers[n] = null; put(made); draw(); }),
        el("p", { class: "small soft" }, "Keys, with the grid in focus: arrows move, 0–9 choose a colour, Enter paints, p f r choose a tool, Escape leaves a rectangle, Ctrl-Z and Ctrl-Y undo and redo.")),
      pairs(draft)));
  function pairs(draft) {
    return el("section", { id: "ui-pairs", "aria-label": "the puzzle" }, el("h2", {}, "Demonstrations"),
      draft.demonstrations.map(([i, o], n) => el("div", { class: "pair panel" }, thumb(["demonstrations", n, 0], i, "input"), el("span", { class: "arrow" }, "→"), thumb(["demonstrations", n, 1], o, "output"), drop("demonstrations", n))),
      button("add a demonstration", () => {
        const made = copy(), last = parse(made.demonstrations.at(-1)[0]), empty = toText(blank(last.length, last[0].length));
        made.demonstrations.push([empty, empty]);
        put(made);
        lookAt(["demonstrations", made.demonstrations.length - 1, 0]);
        draw();
      }, { disabled: draft.demonstrations.length >= 20 }),
      el("h2", {}, "Tests"),
      draft.tests.map((t, n) => el("div", { class: "pair panel" }, thumb(["tests", n], t, "input"), el("span", { class: "arrow" }, "→"), thumb(["answers", n], draft.answers[n], "answer"), drop("tests", n))),
      button("add a test", () => { const made = copy(); made.tests.push(toText(blank(3, 3))); made.answers.push(null); put(made); lookAt(["tests", made.tests.length - 1]); draw(); }, { disabled: draft.tests.length >= 10 }));
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
