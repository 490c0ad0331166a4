"use strict";

// Everything that came over the wire is set as text, never as markup.

const INTERVAL = 1000;
const SLOWEST = 8000;
const GIVE_UP = 5000;
const AGENCIES = 12;
const DEAD_LETTERS = 8;

const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

let paused = false;
let failures = 0;
let asOf = null;
let timer = 0;
let polling = false;

function say(id, text) {
  const node = $(id);
  if (node.textContent !== text) node.textContent = text;
}

function status(state, text) {
  if ($("status").dataset.state !== state) $("status").dataset.state = state;
  document.querySelector("main").dataset.state = state;
  say("status", text);
  document.title = state === "lost" ? "Connection lost – writethru" : "writethru";
}

function rate(n) {
  return n > 0 && n < 10 ? n.toFixed(1) : number.format(Math.round(n));
}

function duration(ms) {
  if (ms === null) return "–";
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 3600000) return `${Math.round(ms / 60000)} min`;
  return `${Math.round(ms / 3600000)} h`;
}

function cell(name, text) {
  return { name, text: String(text) };
}

function moment(ms) {
  return { name: "when", text: clock.format(ms), stamp: new Date(ms).toISOString() };
}

// Rows are kept by key and only what differs is written, so that a selection, a zoom or a screen reader's place survives.
function rows(bodyId, emptyId, entries) {
  const body = $(bodyId);
  const structured = body.hasAttribute("role");
  const old = new Map([...body.children].map((row) => [row.dataset.key, row]));
  const first = old.size === 0;
  let place = body.firstElementChild;
  for (const { key, cells, data } of entries) {
    let row = old.get(key);
    if (row) {
      old.delete(key);
    } else {
      row = document.createElement("tr");
      row.dataset.key = key;
      if (structured) row.setAttribute("role", "row");
      if (!first) row.className = "fresh";
    }
    Object.assign(row.dataset, data);
    cells.forEach((wanted, index) => fill(row, index, wanted, structured));
    if (row === place) place = place.nextElementSibling;
    else body.insertBefore(row, place);
  }
  for (const row of old.values()) row.remove();
  $(emptyId).hidden = entries.length > 0;
  body.parentElement.hidden = entries.length === 0;
}

function fill(row, index, wanted, structured) {
  let td = row.cells[index];
  if (!td) {
    td = row.insertCell();
    if (structured) td.setAttribute("role", "cell");
    if (wanted.stamp) td.append(document.createElement("time"));
  }
  if (td.className !== wanted.name) td.className = wanted.name;
  if (wanted.lang && td.lang !== wanted.lang) td.lang = wanted.lang;
  if (wanted.lang) td.dir = "auto";
  if ((wanted.title || "") !== td.title) td.title = wanted.title || "";
  const node = wanted.stamp ? td.firstElementChild : td;
  if (wanted.stamp) node.dateTime = wanted.stamp;
  if (node.textContent !== wanted.text) node.textContent = wanted.text;
}

function headline(story) {
  if (story.hidden === "killed") return "Killed. The headline is withdrawn.";
  if (story.hidden === "withheld") return "Withheld.";
  if (story.hidden === "embargoed") return `Under embargo until ${day.format(story.embargo)}.`;
  return story.headline || "(no headline)";
}

function storyRow(story) {
  return {
    key: story.id,
    data: { action: story.action },
    cells: [
      moment(story.time),
      { ...cell("agency", story.agency), title: story.agency },
      { name: story.hidden ? "headline hidden" : "headline", text: headline(story), lang: story.hidden ? "en" : story.language },
      cell("action", story.action),
      { ...cell("number versions", number.format(story.versions)), title: story.lacks.length ? `The text lacks ${story.lacks.join(", ")}` : "" },
      { ...cell("number thread", story.thread_size ? number.format(story.thread_size) : "–"), title: story.thread || "" },
    ],
  };
}

function deadRow(letter) {
  return {
    key: `${letter.id} ${letter.time}`,
    data: {},
    cells: [
      cell("reason", letter.reason),
      cell("step", letter.step),
      moment(letter.time),
      cell("detail", letter.detail),
      cell("position", `${letter.topic} ${letter.partition} @ ${letter.offset}`),
    ],
  };
}

function spark({ in: inbound, out }) {
  const peak = Math.max(...inbound, ...out);
  const height = (n) => (29 - (28 * n) / Math.max(peak, 1)).toFixed(1);
  const line = (series) => series.map((n, second) => `${second},${height(n)}`).join(" ");
  const svg = $("spark");
  if (!svg.firstChild) {
    for (const [tag, name] of [["polygon", "in"], ["polyline", "out"]]) {
      const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
      shape.setAttribute("class", name);
      svg.append(shape);
    }
  }
  svg.firstChild.setAttribute("points", `0,29 ${line(inbound)} ${inbound.length - 1},29`);
  svg.lastChild.setAttribute("points", peak ? line(out) : "");
  const text = peak ? `Last two minutes, peak ${number.format(peak)} a second` : "Nothing in the last two minutes";
  svg.setAttribute("aria-label", text);
  say("peak", text);
}

function show(snapshot) {
  const { totals, throughput, latency, lag } = snapshot;
  asOf = snapshot.now;
  say("asof", clock.format(asOf));
  $("asof").dateTime = new Date(asOf).toISOString();
  say("in-rate", rate(throughput.in_rate));
  say("out-rate", rate(throughput.out_rate));
  spark(throughput);
  say("lag", lag.records === null ? "–" : number.format(lag.records));
  say("lag-note", lag.records === null ? "no partition is read yet" : "records to read");
  say("p50", duration(latency.p50));
  say("p99", duration(latency.p99));
  say("articles", number.format(totals.articles));
  say("totals", `${number.format(totals.received)} received, ${number.format(totals.kills)} killed, ${number.format(totals.embargoed)} with an embargo`);
  say("dead-total", number.format(totals.dead_letters));
  $("dead-figure").toggleAttribute("data-some", totals.dead_letters > 0);
  const reasons = Object.entries(snapshot.reasons).sort((a, b) => b[1] - a[1]);
  say("reasons", reasons.length ? reasons.map(([name, n]) => `${name} ${number.format(n)}`).join(", ") : "none");
  say("version", snapshot.version);
  rows("story-rows", "no-stories", snapshot.stories.map(storyRow));
  rows("dead-rows", "no-dead", snapshot.dead_letters.slice(0, DEAD_LETTERS).map(deadRow));
  rows("agency-rows", "no-agencies", snapshot.agencies.slice(0, AGENCIES).map(({ agency, articles, time }) => ({
    key: agency,
    data: {},
    cells: [cell("agency", agency), cell("number", number.format(articles)), { ...moment(time), name: "number" }],
  })));
  const more = snapshot.agencies.length - AGENCIES;
  say("more-agencies", more > 0 ? `and ${number.format(more)} more` : "");
  rows("lag-rows", "no-lag", lag.partitions.map(({ topic, partition, records }) => ({
    key: `${topic} ${partition}`,
    data: {},
    cells: [cell("topic", topic), cell("number", partition), cell("number", number.format(records))],
  })));
  if (snapshot.stuck) status("unready", `Stuck: ${snapshot.stuck}`);
  else if (snapshot.missing.length) status("unready", `Not ready: ${snapshot.missing.join("; ")}`);
  else status("live", "Live");
}

function lost() {
  failures += 1;
  status("lost", asOf === null ? "No connection. Trying again." : `Connection lost. The figures are from ${clock.format(asOf)}. Trying again.`);
}

async function poll() {
  if (paused || polling || document.hidden) return;
  clearTimeout(timer);
  polling = true;
  let snapshot = null;
  try {
    const answer = await fetch("/api/snapshot", { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP) });
    if (answer.ok) snapshot = await answer.json();
  } catch (error) {
    if (!["TypeError", "TimeoutError", "AbortError", "SyntaxError"].includes(error.name)) throw error;
  } finally {
    polling = false;
  }
  if (paused) return;
  if (snapshot) {
    failures = 0;
    show(snapshot);
  } else {
    lost();
  }
  timer = setTimeout(poll, Math.min(INTERVAL * 2 ** Math.min(failures, 10), SLOWEST));
}

$("pause").addEventListener("click", () => {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", String(paused));
  if (paused) status("paused", "Paused");
  else poll();
});
document.addEventListener("visibilitychange", poll);
poll();
