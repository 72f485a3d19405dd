"use strict";
// What every page needs: asking the server, what it tells of jobs, and small things. Addresses are relative: the token is
// in this page's own.

const chosen = { digits: false };
const NAMES = ["black", "blue", "red", "green", "yellow", "grey", "magenta", "orange", "azure", "maroon"];
const main = document.getElementById("ui-main");
const enc = encodeURIComponent;
const link = (...parts) => "#/" + parts.map(enc).join("/");
const remembering = store => ({  // what it has not is not missed
  get(name, otherwise) { try { return JSON.parse(store().getItem("arc-ttt " + name)) ?? otherwise; } catch { return otherwise; } },
  set(name, value) { try { store().setItem("arc-ttt " + name, JSON.stringify(value)); } catch { /* full, or forbidden */ } },
});
const memory = remembering(() => localStorage), tabMemory = remembering(() => sessionStorage);

class Refusal extends Error {}
async function ask(path, document) {
  // What the server answers; a `Refusal` with its one line where it refuses.
  let answer;
  try {
    answer = await fetch(path, document === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(document) });
  } catch {
    throw new Refusal("the server does not answer; is arc-ttt play still running?");
  }
  const text = await answer.text();
  let found;
  try { found = JSON.parse(text); } catch { throw new Refusal(text.trim() || `the server says ${answer.status}`); }
  if (!answer.ok) throw new Refusal(found.error ?? `the server says ${answer.status}`);
  return found;
}
const said = document.getElementById("ui-said");
function say(text, look = "") {
  // A line in the corner; a fault stays until the next line, another page, or a press on its cross.
  const line = el("div", { class: `note ${look}` }, el("span", {}, text), el("button", { type: "button", "aria-label": "close", onclick: () => line.remove() }, "×"));
  said.replaceChildren(line);
  if (look !== "error") setTimeout(() => line.remove(), 6000);
}
const sayFault = fault => {
  if (!(fault instanceof Refusal)) throw fault;
  say(fault.message, "error");
};
// A field that is left by a press of the pointer changes before the press is over: what is drawn anew for it, or for a
// message, waits, so that the press ends on what it began on.
const press = { on: false, waiting: [] };
const afterPress = action => { if (press.on) press.waiting.push(action); else action(); };
const released = () => setTimeout(() => {
  press.on = false;
  for (const action of press.waiting.splice(0)) action();
});
for (const kind of ["pointerdown", "mousedown"]) addEventListener(kind, event => { press.on ||= event.button === 0; }, true);
for (const kind of ["pointerup", "mouseup", "pointercancel"]) addEventListener(kind, released, true);
addEventListener("click", () => { press.on = false; }, true);  // what it does itself is drawn at once
addEventListener("blur", released);  // of the window: what was pressed is let go elsewhere
const guarded = action => async (...all) => { try { return await action(...all); } catch (fault) { sayFault(fault); } };
const button = (name, action, more = {}) => el("button", { type: "button", onclick: guarded(action), ...more }, name);
const solveButton = (name, action, more = {}) => button(name, event => event.detail > 1 ? null : action(), { class: "go", ...more });  // a double click is one press

// ---- grids as lists of rows

const toRows = text => parse(text).map(row => [...row].map(Number));
const toText = rows => rows.map(row => row.join("")).join("/");
const blank = (high, wide) => Array.from({ length: high }, () => Array(wide).fill(0));
function turned(text, key) {
  // The grid as the view `key` has it: quarter turns against the clock, from 4 on transposed; then other colours.
  const found = /^s([0-7])-p(\d{10})/.exec(key);
  if (!found) return null;
  let rows = parse(text).map(row => [...row]);
  for (let n = found[1] % 4; n; n--) rows = rows[0].map((_, i) => rows.map(row => row[row.length - 1 - i]));
  if (found[1] >= 4) rows = rows[0].map((_, i) => rows.map(row => row[i]));
  return rows.map(row => row.map(c => found[2][c]).join("")).join("/");
}
function asFile(task) {
  // A task in the form of its files.
  const pair = ([input, output]) => output ? { input: toRows(input), output: toRows(output) } : { input: toRows(input) };
  return JSON.stringify({ train: task.demonstrations.map(pair), test: task.tests.map((t, i) => pair([t, task.answers && task.answers[i]])) });
}
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// ---- what the server tells of jobs

const jobs = new Map();     // by number: what is known of it, and what was told of each of its tasks
const listeners = new Set();  // called after each message with it
function job(number) {
  if (!jobs.has(number)) jobs.set(number, { number, state: "waiting", ids: [], how: {}, watched: new Map() });
  return jobs.get(number);
}
function watched(of, id) {
  if (!of.watched.has(id)) of.watched.set(id, { id, stage: "", stages: new Set(), done: 0, agent: "", route: [], losses: [], found: [], begun: null, now: null, row: null, judged: [] });
  return of.watched.get(id);
}
let skew = 0;  // seconds by which the server's clock is ahead of this one
const clock = () => Date.now() / 1000 + skew;
function fold(message) {
  if (message.kind === "job") Object.assign(job(message.job.number), message.job);
  if (message.kind === "told" || message.kind === "result") {
    const w = watched(job(message.job), message.task);
    w.begun ??= message.at;
    w.now = message.at;
    for (const stage of message.stage ? [message.stage] : ["vote", "done"]) w.stages.add(stage);  // a vote may be over at once
    if (message.kind === "result") Object.assign(w, { row: message.row, judged: message.judged ?? [], stage: "done", done: 1 });
    else {
      Object.assign(w, { stage: message.stage, done: message.done, agent: message.agent || w.agent });
      if (message.said) w.route.push([message.agent, message.said]);
      if (isNumber(message.loss)) w.losses.push([message.done, message.loss]);
      for (const c of message.found ?? []) w.found.push({ ...c, stage: message.stage });
    }
  }
}
const over = of => ["done", "stopped", "failed"].includes(of.state);
const running = () => [...jobs.values()].filter(of => !over(of));
// Jobs about a task of a source, the last first; and the one that tells most of it: what is being solved, else what has an
// answer, or says why it has none, else what had begun.
const jobsAbout = (key, id) => [...jobs.values()].reverse().filter(of => of.key === key && !of.drawn && of.ids.includes(id));
function latest(key, id) {
  const all = jobsAbout(key, id), first = test => all.find(of => test(of, of.watched.get(id)));
  return first(of => !over(of) && of.state !== "waiting") ?? first((of, w) => w?.row || of.error) ?? first((of, w) => w?.begun) ?? all[0] ?? null;
}
let boot = null, source = null, last = "";
function listen() {
  source = new EventSource(`events?after=${enc(last)}`);
  source.addEventListener("hello", event => {
    const hello = JSON.parse(event.data);
    if (hello.boot !== boot || !hello.after) jobs.clear();  // all that counts follows
    boot = hello.boot;
    skew = hello.now - Date.now() / 1000;
    document.body.classList.remove("lost");
  });
  source.onmessage = event => {
    const message = JSON.parse(event.data);
    last = event.lastEventId;
    fold(message);
    afterPress(() => { for (const listener of listeners) listener(message); });
  };
  source.onerror = () => document.body.classList.add("lost");
}
document.addEventListener("visibilitychange", () => {
  // A browser opens few connections to one server: a tab that nobody sees leaves its own to others, and catches up later.
  if (document.hidden) source?.close();
  else if (!source || source.readyState === EventSource.CLOSED) listen();
});
function soon(action) {
  // `action` once for all that comes before the next picture.
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; afterPress(action); });
  };
}

const REACHED = "a, button, input, select, summary, canvas[tabindex]";
function holding(part, change) {
  // Change a part of the page; the focus stays, or goes to the neighbour of what had it and is gone, or to the title.
  const at = [...part.querySelectorAll(REACHED)].indexOf(document.activeElement);
  change();
  if (at < 0) return;
  const there = part.querySelectorAll(REACHED);
  (there[Math.min(at, there.length - 1)] ?? main.querySelector("h1"))?.focus({ preventScroll: true });
}
function section(parent, key, signature, build) {
  // A part of the page that is made anew only when what it shows has changed; the focus, and what is unfolded, stay.
  let part = parent.querySelector(`[data-part="${key}"]`);
  if (!part) parent.append(part = el("div", { "data-part": key }));
  if (part.dataset.signature === signature) return;
  part.dataset.signature = signature;
  const unfolded = [...part.querySelectorAll("details")].map(d => d.open);
  holding(part, () => {
    part.replaceChildren(...[build()].flat(9).filter(Boolean));
    part.querySelectorAll("details").forEach((d, i) => { d.open = unfolded[i] ?? d.open; });
  });
}

// ---- how to solve

const how = memory.get("how", { agents: "", preset: "" });
function howTools() {
  const choice = (name, label, options) => el("label", { class: "small" }, label, " ",
    el("select", { onchange: event => { how[name] = event.target.value; memory.set("how", how); } },
      options.map(([value, text]) => el("option", { value, selected: how[name] === value }, text))));
  return el("span", { class: "tools", style: "margin:0" },
    choice("agents", "by", [["", "as started"], ["auto", "programs, then training"], ["programs", "programs alone"], ["learner", "training alone"]]),
    choice("preset", "effort", [["", "as started"], ["fast", "fast"], ["default", "default"], ["best", "best"]]));
}
const asked = () => Object.fromEntries(Object.entries(how).filter(([name, value]) => value && !(name === "preset" && how.agents === "programs")));
