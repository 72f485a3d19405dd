// ---- runs

const picked = new Set();  // runs to compare
const runsOf = () => sources.filter(s => s.kind === "run");
async function runsPage(fresh) {
  sources = await ask("sources");
  if (!fresh()) return;
  document.title = "runs · arc-ttt play";
  const draw = () => section(main, "runs", runsOf().map(s => s.title).join("\n"), () => {
    for (const title of picked) if (!runsOf().some(s => s.title === title)) picked.delete(title);
    const go = button("compare the two", () => { location.hash = link("compare", ...picked); }, { disabled: picked.size !== 2 });
    const tick = title => el("input", { type: "checkbox", checked: picked.has(title), "aria-label": `choose ${title}`, onchange: event => {
      if (event.target.checked) picked.add(title); else picked.delete(title);
      go.disabled = picked.size !== 2;
    } });
    return [el("h1", { tabindex: -1 }, "Runs"), el("p", { class: "soft" }, "The newest first. Choose two to see them side by side. ", go),
      runsOf().length ? el("ul", { class: "runs" }, runsOf().map(s => el("li", {}, tick(s.title), el("a", { href: link("run", s.title) }, s.title), el("a", { class: "small", href: link("tasks", s.key) }, "its tasks")))) : el("p", {}, "There are none yet: solve something.")];
  });
  main.replaceChildren();
  draw();
  open.renewed = draw;
}
const reportOf = (name, id) => `report?name=${enc(name)}${id ? "#" + enc(id) : ""}`;
const frame = (name, id) => el("iframe", { title: `report of ${name}`, src: reportOf(name, id) });
async function refresh(frame, name) {
  const found = await ask(`run?name=${enc(name)}`);
  frame.contentWindow?.update?.(found);
}
async function runPage(name, id, fresh) {
  await ask(`run?name=${enc(name)}`);  // what is wrong with it is said here
  if (!fresh()) return;
  document.title = `${name} · arc-ttt play`;
  const shown = frame(name, id);
  main.replaceChildren(el("div", { class: "tools" }, el("a", { href: "#/runs" }, "← runs"), el("span", { class: "soft small" }, "goes on by itself while the run does"), el("a", { class: "small", href: link("tasks", `run:${name}`) }, "as tasks to solve")), el("div", { class: "frames" }, shown));
  open.look = () => shown.contentWindow.location.reload();
  open.live = guarded(async message => { if (message.kind === "run" && message.name === name) await refresh(shown, name); });
}

// ---- two runs side by side: A and B

async function comparePage(a, b, id, fresh) {
  const names = [a, b], docs = await Promise.all(names.map(name => ask(`run?name=${enc(name)}`)));
  if (!fresh()) return;
  document.title = `${a} and ${b} · arc-ttt play`;
  const frames = names.map(name => frame(name, id)), told = el("div", {}), list = el("div", { class: "tools", role: "group", "aria-label": "tasks" });
  let differ = true;
  const states = () => docs.map(d => new Map(d.tasks.map(t => [t.id, t.state])));
  const shared = () => { const [here, there] = states(); return [...here.keys()].filter(x => there.has(x)); };
  async function summary() {
    if (!shared().length) { told.replaceChildren(el("p", { class: "note" }, `A and B have no task in common: ${a} is about ${brief(docs[0])}, ${b} about ${brief(docs[1])}.`)); return; }
    try { told.replaceChildren(comparison(names, await ask(`compare?first=${enc(a)}&second=${enc(b)}`))); } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      told.replaceChildren(el("p", { class: "note" }, fault.message));
    }
  }
  function choose(x) {
    // Without a step back: that would turn back one of the two alone.
    id = x;
    frames.forEach((f, i) => f.contentWindow.location.replace(reportOf(names[i], x)));
    history.replaceState(null, "", link("compare", a, b, x));
    tasksOf();
  }
  function tasksOf() {
    const [here, there] = states(), ids = shared(), some = ids.filter(x => !differ || here.get(x) !== there.get(x));
    const sign = (of, x) => { const [mark, name] = STATES[of.get(x)]; return el("span", { title: name }, mark); };
    section(list, "tasks", [differ, id, ...some.map(x => x + here.get(x) + there.get(x))].join(), () => [
      ids.length > 0 && el("label", { class: "small" }, el("input", { type: "checkbox", checked: differ, onchange: event => { differ = event.target.checked; tasksOf(); } }), " only where they differ "),
      ...some.map(x => el("button", { type: "button", class: "small", "aria-pressed": String(x === id), onclick: () => choose(x) }, "A ", sign(here, x), " B ", sign(there, x), ` ${x}`)),
      ids.length > 0 && !some.length && el("span", { class: "soft small" }, `they do not: ${ids.length === 1 ? "the one task of both" : `all ${ids.length} tasks of both`} came out the same`),
    ]);
  }
  tasksOf();
  main.replaceChildren(el("div", { class: "tools" }, el("a", { href: "#/runs" }, "← runs")), told, list,
    el("div", { class: "frames two" }, ...frames.map((f, i) => el("div", {}, el("h3", {}, `${"AB"[i]} `, el("a", { href: link("run", names[i]) }, names[i])), f))));
  open.look = () => frames.forEach(f => f.contentWindow.location.reload());
  await summary();
  open.live = guarded(async message => {
    const i = message.kind === "run" ? names.indexOf(message.name) : -1;
    if (i < 0) return;
    docs[i] = await ask(`run?name=${enc(message.name)}`);
    frames[i].contentWindow?.update?.(docs[i]);
    tasksOf();
    await summary();
  });
}
const brief = doc => doc.tasks.length === 1 ? doc.tasks[0].id : `${doc.tasks.length} tasks of ${doc.about?.tasks?.name ?? "?"}`;
function comparison(names, found) {
  // What `arc-ttt compare` says of two runs.
  const { both, changed, costs } = found, known = found.first.of > 0, alone = [found.outputs_lost, found.outputs_won];
  const heads = ["", "run", ...(known ? ["outputs right", "… that the other has wrong"] : []), ...(costs ? ["seconds a task, median"] : [])];
  return el("div", {}, el("div", { class: "scroll" }, el("table", { class: "small", id: "ui-compared" }, el("thead", {}, el("tr", {}, heads.map(h => el("th", { scope: "col" }, h)))),
    el("tbody", {}, [found.first, found.second].map((score, i) => el("tr", {}, el("th", { scope: "row" }, "AB"[i]), el("td", {}, names[i]), known && [el("td", {}, `${score.right} of ${score.of}`), el("td", {}, alone[i])], costs && el("td", {}, duration(costs.median[i]))))))),
    el("p", { class: "small soft" }, `Of the ${both === 1 ? "task" : `${both} tasks`} that both have finished; `, known ? `p = ${found.p_outputs.toFixed(2)} in an exact sign test. ` : "no answers are known. ",
      Object.keys(changed).length ? `Settings that differ: ${Object.entries(changed).map(([k, [x, y]]) => `${k} ${x} → ${y}`).join("; ")}.` : "Their settings are the same."));
}
