// ---- pages: tasks, one task, a job, runs, two runs side by side

const shownTasks = { filter: "all", word: "", key: null, scroll: 0, from: null };
let open = { live: () => {} };   // what the page that is shown does with a message, and when it is left

function head() {
  // Links and choices stay while what is solved goes on beside them.
  const busy = running(), where = location.hash.split("/")[1] ?? "";
  const tab = (name, address, ...of) => el("a", { href: address, "aria-current": of.includes(where) ? "page" : null }, name);
  const now = busy.find(of => of.state !== "waiting") ?? busy[0];
  const bar = document.getElementById("ui-head");
  section(bar, "nav", [where, jobs.size > 0, busy.length].join(), () => [el("a", { href: "#/", class: "brand" }, "arc-ttt"),
    el("nav", { "aria-label": "pages" }, tab("Tasks", "#/", "", "tasks", "task"), tab("Draw", "#/draw", "draw"), tab("Runs", "#/runs", "runs", "run", "compare"), jobs.size > 0 && tab(`Jobs ${busy.length ? `(${busy.length})` : ""}`, "#/jobs", "jobs", "job"))]);
  section(bar, "busy", now ? [jobLink(now), now.state, now.finished].join() : "", () => [el("span", { class: "grow" }), now && el("a", { href: jobLink(now), class: "small busy" }, now.state === "waiting" ? "waiting" : `${now.state}: ${now.ids.length > 1 ? `${now.finished} of ${now.ids.length}` : now.ids[0]}`)]);
  section(bar, "choices", [PALETTE, chosen.digits].join(), () => [el("label", { class: "small" }, el("span", { class: "wide" }, "colours "), el("select", { "aria-label": "colours", onchange: event => {
      try { localStorage.setItem("arc-ttt palette", event.target.value); } catch { /* not kept, then */ }
      PALETTE = PALETTES[event.target.value];
      look();
    } }, [["arc", "ARC's"], ["safe", "colour-blind"]].map(([value, text]) => el("option", { value, selected: PALETTE === PALETTES[value] }, text)))),
    el("label", { class: "small" }, el("input", { type: "checkbox", checked: chosen.digits, onchange: event => { chosen.digits = event.target.checked; memory.set("digits", chosen.digits); look(); } }), " digits")]);
}
const jobLink = of => of.ids.length === 1 && latest(of.key, of.ids[0]) === of ? link("task", of.key, of.ids[0]) : link("job", of.number);
const jobName = of => of.ids.length > 1 ? `${of.ids.length} tasks of ${sourceOf(of.key).title}` : of.ids[0];
const stateOf = (key, row) => {
  // What became of a task: in its run, or by the last job about it.
  const of = latest(key, row.id), done = of?.watched.get(row.id)?.row;
  return done ? { state: done.state, near: done.near, among: done.among } : { state: row.state ?? "open", near: row.near, among: row.among };
};
const SIFT = [["all", "all", () => true], ["solved", "✓ solved", t => t.state === "solved"], ["unsolved", "✗ not solved", t => t.state === "wrong" || t.state === "partly"], ["near", "≈ near miss", t => t.near],
  ["among", "◇ truth found", t => t.among], ["failed", "! failed", t => t.state === "failed"], ["open", "… open", t => t.state === "open"], ["unknown", "? answer not known", t => t.state === "unknown"]];

let sources = [];
const sourceOf = key => sources.find(s => s.key === key) ?? { key, title: key, kind: "tasks" };
const lazily = new IntersectionObserver(entries => entries.forEach(e => { if (e.isIntersecting) { lazily.unobserve(e.target); e.target.draw(); } }), { rootMargin: "250px" });

async function tasksPage(key, fresh) {
  const get = which => ask(`tasks?source=${enc(which)}`), before = memory.get("source", {}), likely = key || before.key;
  const early = likely ? get(likely).catch(fault => fault) : null;  // both at once: what is seen first should not wait
  if (!sources.length) sources = await ask("sources");
  key ||= before.first === sources[0].key && sources.some(s => s.key === likely) ? likely : sources[0].key;  // else the command line is another
  const found = key === likely ? await early : await get(key);
  if (found instanceof Error) throw found;
  if (!fresh()) return;
  memory.set("source", { key, first: sources[0].key });
  document.title = `${found.name} · arc-ttt play`;
  const cards = new Map(), grid = el("div", { class: "thumbs" }), count = el("span", { class: "small soft", role: "status" });
  const group = (title, kinds) => { const some = sources.filter(s => kinds.includes(s.kind)); return some.length ? el("optgroup", { label: title }, some.map(s => el("option", { value: s.key, selected: s.key === key }, s.title))) : null; };
  for (const row of found.tasks) {
    const place = el("div", { class: "place" });
    place.draw = () => place.replaceChildren(...(row.first ? row.first.map((text, i) => picture(text, { caption: i ? "output" : "input", room: 64 })) : [el("p", { class: "small bad" }, row.error)]));
    const card = el("a", { class: "panel", href: link("task", key, row.id) }, el("span", { class: "title" }, el("b", {}, row.id), el("span", { class: "small state" })), place);
    cards.set(row.id, card);
    grid.append(card);
    lazily.observe(place);
  }
  const filters = el("span", { class: "tools", style: "margin:0", role: "group", "aria-label": "what became of them" }), none = el("p", { class: "note", id: "ui-none", hidden: true });
  let visible = [];
  function sift() {
    const word = shownTasks.word.trim().toLowerCase(), states = new Map(found.tasks.map(row => [row.id, stateOf(key, row)]));
    const test = SIFT.find(([name]) => name === shownTasks.filter)[2];
    visible = found.tasks.filter(row => test(states.get(row.id)) && row.id.toLowerCase().includes(word));
    const ids = new Set(visible.map(row => row.id));
    for (const row of found.tasks) {
      const card = cards.get(row.id), { state, near, among } = states.get(row.id), [mark, name, look] = STATES[state];
      card.hidden = !ids.has(row.id);
      const label = card.querySelector(".state");
      label.className = `small state ${look}`;
      label.textContent = state === "open" ? "" : `${mark} ${name}${near ? " ≈" : ""}${among ? " ◇" : ""}`;
    }
    const choices = SIFT.map(([name, text, test]) => [name, text, found.tasks.filter(row => test(states.get(row.id))).length]).filter(([name, , n]) => n || name === "all" || name === shownTasks.filter);
    section(filters, "all", choices.join() + shownTasks.filter, () => choices.map(([name, text, n]) => el("button", { type: "button", "aria-pressed": String(shownTasks.filter === name), onclick: () => { shownTasks.filter = name; sift(); } }, `${text} ${n}`)));
    const [, kind] = SIFT.find(([name]) => name === shownTasks.filter);
    none.hidden = visible.length > 0;
    none.textContent = (word ? `No task's id contains “${shownTasks.word.trim()}”` : "There is no task") + (shownTasks.filter === "all" ? "." : ` among those with “${kind}”.`);
    solveAll.disabled = !visible.length;
    count.textContent = `${visible.length} task${visible.length === 1 ? "" : "s"}`;
  }
  const solveAll = solveButton("Solve all that are shown", async () => {
    const ids = visible.map(row => row.id);
    if (ids.length > 20 && !confirm(`Solve ${ids.length} tasks?`)) return;
    location.hash = link("job", (await ask("solve", { source: key, ids, how: asked() })).job);
  });
  sift();
  main.replaceChildren(
    el("div", { class: "tools" }, el("label", {}, el("span", { class: "small" }, "from "), el("select", { "aria-label": "source", onchange: event => { location.hash = link("tasks", event.target.value); } },
      group("tasks", ["tasks"]), group("saved", ["saved"]), group("data sets", ["set"]), group("runs", ["run"]))),
      el("input", { type: "search", placeholder: "find an id", "aria-label": "find an id", value: shownTasks.word, oninput: event => { shownTasks.word = event.target.value; sift(); } }), count,
      sourceOf(key).kind === "run" && el("a", { href: link("run", key.slice(4)) }, "this run's report")),
    el("div", { class: "tools" }, filters),
    el("div", { class: "tools" }, solveAll, howTools()),
    none, grid);
  open.live = message => { if (message.kind === "result" || message.kind === "job") sift(); };
  open.left = () => Object.assign(shownTasks, { key, scroll: scrollY });
  if (shownTasks.key !== key) return;
  scrollTo(0, shownTasks.scroll);
  if (document.activeElement === document.body) cards.get(shownTasks.from)?.focus({ preventScroll: true });
}

function puzzlePart(task) {
  const room = Math.min(180, (innerWidth - 110) / 2);
  return [el("h2", {}, "Demonstrations"),
    el("div", { class: "flow" }, task.demonstrations.map(([input, output], i) => el("div", { class: "panel" }, el("h3", {}, `${i + 1}`), el("div", { class: "pair" },
      picture(input, { caption: "input", room }), el("span", { class: "arrow" }, "→"), picture(output, { caption: "output", room }))))),
    el("h2", {}, task.tests.length > 1 ? "Tests" : "Test"),
    el("div", { class: "flow" }, task.tests.map(test => el("div", { class: "panel" }, picture(test, { caption: "input", room: 220 }))))];
}
async function taskPage(key, id, fresh) {
  if (!sources.length) sources = await ask("sources");
  const task = await ask(`task?source=${enc(key)}&id=${enc(id)}`);
  if (!fresh()) return;
  task.place = key;
  shownTasks.from = id;
  document.title = `${id} · arc-ttt play`;
  const guess = el("div", {}), again = el("div", {}), live = el("div", { id: "ui-live" });
  const redraw = () => { drawGuess(guess, task, redraw); update(true); };
  let drawn = null;
  const truth = el("details", {}, el("summary", {}, "show the answer"), el("div", { class: "flow" }, (task.answers ?? []).map(a => picture(a, { caption: "truth" }))));
  function update(anew = false) {
    const of = latest(key, id), next = jobsAbout(key, id).findLast(other => other.state === "waiting" && other !== of);
    section(again, "again", next ? `${next.number}` : "", () => next ? el("p", { class: "note" }, "Pressed again: ", el("a", { href: link("job", next.number) }, `job ${next.number}`), " waits for its turn. ", next.ids.length === 1 && button("Stop that one", () => ask(`stop/${next.number}`, {}), { class: "stop" })) : []);
    if (of !== drawn || anew) live.replaceChildren();
    drawn = of;
    if (of) watchPanel(live, of, id, task);
    else if (task.result && !unguessed(task)) earlier(live, task);
  }
  main.replaceChildren(...[
    el("div", { class: "tools" }, el("a", { href: link("tasks", key) }, `← ${sourceOf(key).title}`)),
    el("h1", { tabindex: -1 }, id),
    el("div", { class: "tools", style: "margin-top:10px" },
      solveButton("Solve", async () => { await ask("solve", { source: key, ids: [id], how: asked() }); live.parentElement.scrollIntoView({ behavior: "smooth", block: innerWidth > 760 ? "nearest" : "start" }); }, { id: "ui-solve" }), howTools(),
      button("draw on it", () => { openDraft(task); location.hash = link("draw"); }), button("download", () => download(`${id}.json`, asFile(task)))),
    el("div", { class: "split even" }, el("section", {}, ...puzzlePart(task), guess, task.answers && truth), el("section", {}, again, live)),
  ].filter(Boolean));
  redraw();
  open.live = message => { if (message.kind === "job" || message.job === drawn?.number) update(); };
  open.tick = () => update();
}
function earlier(live, task) {
  // What a run has of the task, as if it had just been solved.
  const w = { id: task.id, row: task.result, judged: [] };
  live.replaceChildren(el("p", { class: "soft" }, "from this run"), ...resultPart(w, task));
}

async function jobPage(number, id, fresh) {
  const of = jobs.get(Number(number)), known = () => Boolean(jobs.get(Number(number))?.ids.length);
  if (!known()) {  // perhaps it has not been told yet
    main.replaceChildren(el("p", { class: "note" }, `There is no job ${number} (any more); its run is among `, el("a", { href: "#/runs" }, "the runs"), "."));
    open.live = () => { if (known()) route(); };
    return;
  }
  const tasks = new Map();
  const get = async one => { if (!tasks.has(one)) tasks.set(one, { ...of.drawn ?? await ask(`task?job=${of.number}&id=${enc(one)}`), place: of.drawn ? `job ${of.number}` : of.key }); return tasks.get(one); };
  const list = el("div", { class: "tools", role: "group", "aria-label": "tasks" }), live = el("div", { id: "ui-live" }), puzzle = el("div", {}), top = el("div", {});
  let followed = null;
  const current = () => id ?? [...of.watched.keys()].at(-1) ?? of.ids[0];
  async function update() {
    document.title = `job ${of.number} · arc-ttt play`;
    section(top, "top", [of.state, of.finished, of.run].join(), () => [el("h1", { tabindex: -1 }, jobName(of)),
      el("div", { class: "tools", style: "margin-top:8px" }, of.ids.length > 1 && el("span", { class: "soft" }, `${of.finished} of ${of.ids.length} finished, ${of.state}`),
        of.ids.length > 1 && !over(of) && button("Stop the run", () => ask(`stop/${of.number}`, {}), { class: "stop" }), of.run && el("a", { href: link("run", of.run) }, `run ${of.run}`),
        of.drawn && button("draw on it", () => { openDraft(of.drawn); location.hash = link("draw"); }),
        of.drawn && over(of) && solveButton("Solve again", async () => { location.hash = link("job", (await ask("solve", { name: of.drawn.id, text: asFile(of.drawn), how: asked() })).job); }))]);
    if (of.ids.length > 1) section(list, "list", of.ids.map(one => of.watched.get(one)?.row?.state ?? of.watched.get(one)?.stage ?? "").join() + current(), () => of.ids.map(one => {
      const w = of.watched.get(one), [mark, , look] = STATES[w?.row?.state ?? "open"];
      return el("button", { type: "button", class: `small ${look}`, "aria-pressed": String(current() === one), onclick: () => { id = one; update(); } }, `${w?.row ? mark : w ? "▸" : "…"} ${one}`);
    }));
    const one = current(), task = await get(one);
    if (!fresh()) return;
    if (followed !== one) {
      followed = one;
      const guess = el("div", {}), redraw = () => { id = one; drawGuess(guess, task, redraw); live.replaceChildren(); later(); };
      live.replaceChildren();
      puzzle.replaceChildren(...puzzlePart(task), guess);
      drawGuess(guess, task, redraw);
    }
    watchPanel(live, of, one, task);
  }
  main.replaceChildren(top, list, el("div", { class: "split even" }, puzzle, live));
  const later = soon(guarded(update));
  await update();
  open.live = message => { if (message.job === of.number || message.job?.number === of.number) later(); };
  open.tick = later;
}
function jobsPage() {
  document.title = "jobs · arc-ttt play";
  const signature = () => [...jobs.values()].map(of => [jobLink(of), of.state, of.run, of.error]).join();
  const draw = () => section(main, "jobs", signature(), () => [el("h1", {}, "Jobs"), el("table", { class: "wide-table" }, el("thead", {}, el("tr", {}, ["", "tasks", "state", ""].map(h => el("th", { scope: "col" }, h)))),
    el("tbody", {}, [...jobs.values()].reverse().map(of => el("tr", {}, el("td", {}, of.number), el("td", {}, el("a", { href: jobLink(of) }, jobName(of))),
      el("td", {}, of.state, of.error && el("span", { class: "bad small" }, ` ${of.error}`)), el("td", {}, over(of) ? of.run && el("a", { href: link("run", of.run) }, "run") : button("Stop", () => ask(`stop/${of.number}`, {}), { class: "stop" }))))))]);
  main.replaceChildren();
  draw();
  const later = soon(() => { if (document.body.dataset.page === "jobs") draw(); });
  open.live = message => { if (message.kind === "job") later(); };
}

// ---- which page

const NEEDED = { task: 2, job: 1, run: 1, compare: 2 };  // parts of an address after the page's name
let turn = 0;
const route = guarded(async () => {
  const mine = ++turn, fresh = () => mine === turn;
  let parts;
  try { parts = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent); } catch { parts = [""]; }
  const [page, x, y, z] = parts;
  open.left?.();
  open = { live: () => {} };
  document.body.dataset.page = page;
  head();
  try {
    if (parts.slice(1).filter(Boolean).length < NEEDED[page]) throw new Refusal(`the address lacks what “${page}” is about`);
    if (page === "draw") drawPage();
    else if (page === "task") await taskPage(x, y, fresh);
    else if (page === "job") await jobPage(x, y, fresh);
    else if (page === "jobs") jobsPage();
    else if (page === "runs") await runsPage(fresh);
    else if (page === "run") await runPage(x, y, fresh);
    else if (page === "compare") await comparePage(x, y, z, fresh);
    else if (["", undefined, "tasks"].includes(page)) await tasksPage(x ?? "", fresh);
    else throw new Refusal(`there is no page “${page}”`);
  } catch (fault) {
    if (!(fault instanceof Refusal) || !fresh()) throw fault;
    document.title = "arc-ttt play";
    const runs = ["run", "compare"].includes(page);
    main.replaceChildren(el("p", { class: "note error", role: "alert" }, fault.message), el("p", {}, el("a", { href: runs ? "#/runs" : "#/tasks" }, runs ? "to the runs" : "to the tasks")));
  }
});
chosen.digits = memory.get("digits", false);
history.scrollRestoration = "manual";
addEventListener("hashchange", () => { said.querySelector(".error")?.remove(); route(); scrollTo(0, 0); });
const look = () => open.look ? open.look() : route();  // reports read colours and digits anew, and stay where they are
const headLater = soon(head);
listeners.add(message => {
  if (message.kind === "sources") ask("sources").then(found => { sources = found; open.renewed?.(); }).catch(() => {});
  if (message.kind === "job" || message.kind === "result") headLater();
  open.live(message);
});
setInterval(() => { if (running().length) afterPress(() => open.tick?.()); }, 1000);
if (!document.hidden) listen();
route();
