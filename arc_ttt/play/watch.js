// ---- a task while it is solved

const STAGES = [["route", "chosen"], ["search", "searching programs"], ["adapt", "training"], ["answer", "answering"], ["vote", "voting"], ["done", "done"]];
const stageOf = w => w.stage === "propose" ? (w.agent === "programs" ? "search" : "vote") : w.stage;

function bar(share, label) {
  return el("div", { class: "track", role: "progressbar", "aria-label": label, "aria-valuenow": Math.round(100 * share), "aria-valuemin": 0, "aria-valuemax": 100 }, el("span", { style: `width:${(100 * share).toFixed(1)}%` }));
}

function watchPanel(panel, of, id, task) {
  // Fill `panel` with what is known of the task `id` of a job.
  const w = of.watched.get(id) ?? watched(of, id), ended = Boolean(w.row);
  const words = stateWords(of, w);
  section(panel, "head", [of.state, w.stage, w.done, w.stages.size, of.error, words].join(), () => headPart(of, w, words));
  const hide = unguessed(task);
  section(panel, "hidden", String(hide), () => hide ? el("p", { class: "note" }, "What the machine finds is hidden until your guess stands. ", button("show it anyway", () => { guesses.delete(whose(task)); route(); })) : []);
  if (hide) { panel.querySelectorAll("[data-part=result],[data-part=route],[data-part=programs],[data-part=loss],[data-part=views],[data-part=votes]").forEach(p => p.remove()); return; }
  section(panel, "result", `${ended}`, () => ended ? resultPart(w, task) : []);
  section(panel, "route", String(w.route.length), () => w.route.length ? [el("h2", {}, "Who is asked"), w.route.map(([agent, text]) => el("p", {}, el("b", {}, agent), ` ${text}`))] : []);
  const programs = programsOf(w);
  section(panel, "programs", programs.map(p => p.program + p.sure).join(), () => programs.length ? programsPart(programs, task) : []);
  section(panel, "loss", String(w.losses.length), () => w.losses.length > 1 ? lossPart(w) : []);
  const views = w.found.filter(c => c.stage === "answer");
  section(panel, "views", `${views.length}`, () => views.length ? viewsPart(views, task) : []);
  section(panel, "votes", `${views.length} ${ended} ${w.judged.length}`, () => views.length || w.judged.some(j => j.length) ? votesPart(w, views, task) : []);
}
function stateWords(of, w) {
  // What happens to the task now, and for how many seconds it has.
  if (w.row) return `${duration(w.now - w.begun)} in all`;
  const ahead = running().filter(other => other.number < of.number).length;
  const from = w.begun ?? (over(of) ? null : of.since), took = from ? duration(Math.max(0, (over(of) ? of.since : clock()) - from)) : "";
  const words = { waiting: ahead ? `waits for its turn, after ${ahead} job${ahead > 1 ? "s" : ""}` : "waits for its turn", starting: of.doing, stopped: "stopped; what was finished is kept", failed: "failed", done: "done",
    solving: w.stage ? "" : of.ids.length > 1 ? "waits for its turn in this run" : "begins" };
  return [words[of.state], took].filter(Boolean).join(" · ");
}
function headPart(of, w, words) {
  const at = STAGES.findIndex(([stage]) => stage === stageOf(w)), unknown = of.state === "starting" || (of.state === "solving" && w.stage && !w.done);
  return [
    el("ol", { class: "stages" }, STAGES.map(([stage, name], i) => el("li", { class: i === at ? "now" : w.stages.has(stage) ? "past" : "", "aria-current": i === at ? "step" : null }, name))),
    !w.row && unknown && el("div", { class: "track unknown", role: "progressbar", "aria-label": "this stage" }, el("span")),
    !w.row && of.state === "solving" && w.done > 0 && bar(w.done, "this stage"),
    el("p", { class: "soft", id: "ui-state" }, words, " ", !over(of) && !w.row && button("Stop", () => ask(`stop/${of.number}`, {}), { class: "stop" })),
    of.error && el("p", { class: "note error", role: "alert" }, of.error),
  ];
}
function programsOf(w) {
  // Those that the agent proposes in its own order where it has; before, as the search met them.
  const final = w.found.filter(c => c.program && c.stage === "propose" && c.test === 0), early = w.found.filter(c => c.program && c.stage === "search" && c.test === 0);
  const once = new Map();
  for (const c of [...final, ...early]) if (!once.has(c.program)) once.set(c.program, c);
  return [...once.values()];
}
function programsPart(programs, task) {
  const [first, ...rest] = programs;
  const strip = el("div", { class: "flow strip" }, el("p", { class: "soft small" }, "…"));
  ask("steps", { program: first.program, grid: task.tests[0] }).then(steps => strip.replaceChildren(
    picture(task.tests[0], { caption: "test input", room: 120 }),
    ...steps.flatMap(([text, grid]) => [el("span", { class: "arrow" }, "→"), grid ? picture(grid, { caption: text.length > 48 ? text.slice(0, 46) + "…" : text, room: 120 }) : el("p", { class: "bad small" }, `${text} does not apply`)]))).catch(fault => strip.replaceChildren(el("p", { class: "bad small" }, fault.message)));
  return [el("h2", {}, programs.length > 1 ? `${programs.length} programs that make the demonstrations` : "A program that makes the demonstrations"),
    el("div", { class: "panel" }, el("p", {}, first.reason, first.sure && el("span", { class: "tag good" }, "sure"), first.exact === false && el("span", { class: "tag warn" }, "only nearly")), el("p", { class: "mono soft" }, first.program), strip),
    rest.length > 0 && el("details", {}, el("summary", {}, `${rest.length} more`), rest.map(p => el("p", { class: "small" }, p.reason, el("br"), el("span", { class: "mono soft" }, p.program))))];
}
function lossPart(w) {
  const losses = w.losses.map(([, v]) => v), last = losses.at(-1);
  return [el("h2", {}, "Training loss"), el("div", { class: "panel", style: "max-width:620px" },
    step(w.losses, { x: f => `${Math.round(100 * f)} %`, y: v => `${+v.toPrecision(3)}`, steps: () => [0, .25, .5, .75, 1], end: 1, most: Math.max(...losses, 1e-6), label: `training loss from ${losses[0].toFixed(2)} to ${last.toFixed(2)}` }),
    el("p", { class: "small soft" }, `now ${last.toFixed(3)} nats a token; along the training's budget`))];
}
function viewsPart(views, task) {
  const tests = task.tests.length > 1;
  return [el("h2", {}, `${views.length} answer${views.length > 1 ? "s" : ""} in views`), el("p", { class: "small soft" }, "As the model answered in a turned, recoloured view of the puzzle, and turned back."),
    el("div", { class: "flow views" }, views.map(c => {
      const there = turned(c.grid, c.views[0] ?? "");
      return el("div", { class: "panel view" }, el("h3", {}, (viewName(c.views[0] ?? "") || c.agent) + (tests ? `, test ${c.test + 1}` : "")),
        el("div", { class: "pair" }, there && picture(there, { caption: "view", room: 66 }), el("span", { class: "arrow" }, "→"), picture(c.grid, { caption: "back", room: 66 })),
        el("p", { class: "small soft" }, isNumber(c.logprobs[0]) ? `log p ${number(c.logprobs[0], 2)}` : ""));
    }))];
}
function votesPart(w, views, task) {
  return task.tests.map((_, n) => {
    const counts = new Map();
    for (const c of views) if (c.test === n) counts.set(c.grid, (counts.get(c.grid) ?? 0) + 1);
    const judged = new Map(w.judged[n] ?? []);
    for (const grid of judged.keys()) if (!counts.has(grid)) counts.set(grid, 0);
    const all = sum([...counts.values()]), attempts = w.row?.attempts?.[n] ?? [];
    const order = [...counts].sort(([a, x], [b, y]) => (judged.get(b) ?? 0) - (judged.get(a) ?? 0) || y - x).slice(0, 8);
    if (!order.length) return null;
    return [el("h2", {}, task.tests.length > 1 ? `Votes, test ${n + 1}` : "Votes"), el("div", { class: "votes" }, order.map(([grid, count]) => el("div", { class: `panel vote${attempts.includes(grid) ? " chosen" : ""}` },
      picture(grid, { caption: attempts.includes(grid) ? `attempt ${attempts.indexOf(grid) + 1}` : "candidate", room: 90 }),
      el("div", { class: "grow" }, all > 0 && [el("p", { class: "small" }, `${count} of ${all} views`), bar(count / all, "votes")],
        judged.has(grid) && [el("p", { class: "small" }, `judged right with ${percent(judged.get(grid))}`), bar(judged.get(grid), "judge's probability")]))))];
  }).flat().filter(Boolean);
}
function resultPart(w, task) {
  const row = w.row;
  if (row.error) return el("p", { class: "note error", role: "alert" }, row.error);
  const [mark, name, look] = STATES[row.state] ?? STATES.unknown;
  return [el("h2", {}, "The answer ", el("span", { class: look, id: "ui-verdict" }, `${mark} ${name}`)),
    matchPart(w, task),
    ...task.tests.map((test, n) => {
      const truth = task.answers?.[n] ?? null, attempts = row.attempts?.[n] ?? [], guess = guesses.get(whose(task))?.tests[n];
      const chances = row.notes?.chances?.[n] ?? [];
      return el("div", { class: "panel" }, el("div", { class: "pair asked" },
        picture(test, { caption: task.tests.length > 1 ? `test ${n + 1}` : "test" }), el("span", { class: "arrow" }, "→"),
        attempts.map((a, i) => {
          const caption = `attempt ${i + 1}`, chance = isNumber(chances[i]) ? el("p", { class: "small soft" }, `likely right: ${percent(chances[i])}`) : null;
          return el("div", {}, truth === null ? picture(a, { caption }) : picture(a, { caption: `${a === truth ? "✓" : "✗"} ${caption}`, truth, look: a === truth ? "good" : "bad" }), chance);
        }),
        !attempts.length && el("p", { class: "bad" }, "no answer was found"),
        truth !== null && !attempts.includes(truth) && picture(truth, { caption: "truth" }),
        guess && picture(guess.rows, { caption: truth === null ? (attempts.includes(guess.rows) ? "your guess, the same" : "your guess, another") : `${guess.rows === truth ? "✓" : "✗"} your guess`, truth, look: truth === null ? "" : guess.rows === truth ? "good" : "bad" })));
    })];
}

// ---- a person's guess, against the machine

// By task: for each test input the grid and whether it stands, and the seconds that it took. They outlive a reload.
const guesses = new Map(tabMemory.get("guesses", []));
addEventListener("pagehide", () => tabMemory.set("guesses", [...guesses]));
const whose = task => [task.place, task.id, ...task.tests].join(" ");
const unguessed = task => Boolean(guesses.get(whose(task))?.tests.some(g => !g.stands));  // a guess is begun and does not stand
function drawGuess(part, task, redraw) {
  const held = part.contains(document.activeElement);
  part.replaceChildren(guessPart(task, redraw));
  if (held) (part.querySelector(".paper") ?? part.querySelector("button")).focus({ preventScroll: true });
}
function guessPart(task, redraw) {
  const mine = guesses.get(whose(task));
  if (!mine) return el("p", {}, button("Guess first", () => { guesses.set(whose(task), { begun: clock(), took: null, tests: task.tests.map(() => ({ rows: toText(blank(3, 3)), stands: false, past: [], future: [], cursor: { r: 0, c: 0 } })) }); redraw(); }), el("span", { class: "soft small" }, " draw your own answer, against the machine"));
  const stand = g => { g.stands = true; if (mine.tests.every(one => one.stands)) mine.took = clock() - mine.begun; redraw(); };
  const back = (g, n, from, to) => () => {
    if (!g[from].length) return;
    g[to].push(g.rows);
    g.rows = g[from].pop();
    redraw();
    main.querySelector(`[data-guess="${n}"] .paper`).focus({ preventScroll: true });
  };
  return el("div", {}, el("h2", {}, "Your guess"), mine.tests.map((g, n) => g.stands
    ? el("div", { class: "panel" }, picture(g.rows, { caption: task.tests.length > 1 ? `your guess, test ${n + 1}` : "your guess", truth: task.answers?.[n] ?? null, look: task.answers?.[n] ? (g.rows === task.answers[n] ? "good" : "bad") : "" }),
      button("guess again", () => { g.stands = false; redraw(); }))
    : el("div", { class: "panel", "data-guess": n }, gridEditor({ rows: toRows(g.rows), name: `your guess for test ${n + 1}`, source: task.tests[n], cursor: g.cursor, undo: back(g, n, "past", "future"), redo: back(g, n, "future", "past"), changed: rows => { g.past.push(g.rows); g.future = []; g.rows = toText(rows); } }),
      el("div", { class: "tools" }, button("this is my answer", () => stand(g), { class: "go" }), button("no guess", () => { guesses.delete(whose(task)); redraw(); })))));
}
function matchPart(w, task) {
  // Who was right, and after how long; nothing where that is not known.
  const mine = guesses.get(whose(task));
  if (!mine?.tests.every(g => g.stands) || !task.answers) return null;
  const me = mine.tests.every((g, n) => g.rows === task.answers[n]), it = w.row.state === "solved";
  const words = me && it ? "You are both right" : me ? "You are right, and the machine is not" : it ? "The machine is right, and you are not" : "Neither you nor the machine is right";
  return el("p", { id: "ui-match" }, `${words}: you took ${duration(mine.took)}${w.begun ? `, the machine ${duration(w.now - w.begun)}` : ""}.`);
}
