"use strict";
(() => {
  const page = 50;

  // What a link leads to may lie in something closed.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };

  const filterBehaviors = () => {
    const form = document.querySelector('[data-filter="behaviors"]');
    if (!form) return;
    const rows = [...document.querySelectorAll("table.behaviors tbody tr")];
    const apply = () => {
      const text = form.elements.text.value.trim().toLowerCase();
      const verdict = form.elements.verdict.value;
      let shown = 0;
      for (const row of rows) {
        const fits = (!verdict || row.dataset.verdict === verdict) && row.dataset.name.toLowerCase().includes(text);
        row.hidden = !fits;
        if (fits) shown += 1;
      }
      form.querySelector(".count").textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
  };

  const cell = (row, text, small, name) => {
    const cell = row.insertCell();
    if (name) cell.className = name;
    cell.textContent = text;
    if (small) {
      const note = document.createElement("span");
      note.className = "sub";
      note.textContent = small;
      cell.append(note);
    }
  };

  // Shows the examples of a group, of a pair of labels, or of a behavior, by its name.
  let showExamples = null;

  // Whether the examples of a page that a server sends without them were asked for.
  let wantsExamples = false;

  // The examples of a page: they lie in it, or its server has them.
  const askForExamples = async (from) => {
    const answer = await fetch(from, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
    return answer.json();
  };

  // Examples that a server has are asked for when somebody comes near them, or chooses some.
  const findExamples = (known) => {
    showExamples = null;
    const data = document.getElementById("examples-data");
    const form = document.querySelector('[data-filter="examples"]');
    if (!data || !form) return;
    const from = data.dataset.from;
    if (!from || known) {
      browseExamples(form, known ?? JSON.parse(data.textContent));
      return;
    }
    let asked = null;
    const load = () => asked ??= (async () => {
      wantsExamples = true;
      try {
        const found = await askForExamples(from);
        if (form.isConnected) browseExamples(form, found);
      } catch {
        asked = null;
        form.querySelector(".count").textContent = "The examples could not be loaded; the first are shown.";
      }
    })();
    showExamples = async (kind, name) => {
      await load();
      // By then another function stands here, if they came.
      if (asked) showExamples(kind, name);
    };
    form.addEventListener("focusin", load, { once: true });
    if (wantsExamples || !("IntersectionObserver" in window)) load();
    else new IntersectionObserver((seen, observer) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      load();
    }, { rootMargin: "600px" }).observe(form);
  };

  // Rows are made as they are asked for.
  const browseExamples = (form, { states, behaviors, pairs, groups, rows }) => {
    const body = document.querySelector("#examples-table tbody");
    const more = document.getElementById("examples-more");
    const count = form.querySelector(".count");
    const fails = (row) => !["gained", "passes"].includes(states[row[5]][0]);
    // What can be chosen, by its place. A choice is kept by its name: a newer page has other places.
    const names = { behavior: behaviors, pair: pairs.map((pair) => pair.join(" → ")), group: groups };
    const times = new Map();
    for (const row of rows) if (fails(row)) times.set(row[4], (times.get(row[4]) ?? 0) + 1);
    for (const name of behaviors) form.elements.behavior.add(new Option(name, name));
    for (const [pair, number] of [...times].sort((one, other) => other[1] - one[1])) form.elements.pair.add(new Option(`${names.pair[pair]} (${number})`, names.pair[pair]));
    const grouped = new Set(rows.map((row) => row[6]));
    groups.forEach((name, place) => { if (grouped.has(place)) form.elements.group?.add(new Option(name, name)); });
    const chosen = (name) => names[name].indexOf(form.elements[name]?.value || null);
    let found = [];
    let shown = 0;
    const append = () => {
      for (const [behavior, text, place, probability, pair, state] of found.slice(shown, shown + page)) {
        const row = body.insertRow();
        cell(row, text, `${behaviors[behavior]} · ${place}`, "text");
        cell(row, pairs[pair][0]);
        cell(row, pairs[pair][1], probability);
        cell(row, states[state][1]);
      }
      shown = Math.min(found.length, shown + page);
      more.hidden = shown >= found.length;
    };
    const apply = () => {
      const text = form.elements.text.value.trim().toLowerCase();
      const state = form.elements.state.value;
      const [behavior, pair, group] = ["behavior", "pair", "group"].map(chosen);
      const fits = (row) => (behavior < 0 || row[0] === behavior) && (pair < 0 || row[4] === pair) && (group < 0 || row[6] === group)
        && (!state || (state === "now" ? fails(row) : states[row[5]][0] === state));
      found = rows.filter((row) => fits(row) && (!text || `${row[1]} ${row[2]} ${names.pair[row[4]]}`.toLowerCase().includes(text)));
      body.replaceChildren();
      shown = 0;
      append();
      count.textContent = `${found.length} of ${rows.length}`;
    };
    showExamples = (kind, name) => {
      form.reset();
      if (form.elements[kind]) form.elements[kind].value = name;
      apply();
      const box = document.getElementById("examples-box");
      box.scrollTop = 0;
      box.focus({ preventScroll: true });
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    more.addEventListener("click", append);
    if ("IntersectionObserver" in window) {
      new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && !more.hidden) append(); }, { root: document.getElementById("examples-box"), rootMargin: "400px" }).observe(more);
    }
    apply();
  };

  // Links lead to the examples without a script, too; cells of a picture do as they do.
  document.addEventListener("click", (event) => {
    const from = event.target.closest("[data-examples]");
    if (!from || !showExamples) return;
    // To follow the link would take the focus away again. The way back leads to where one was.
    event.preventDefault();
    if (location.hash !== "#examples-title") history.pushState(null, "", "#examples-title");
    document.getElementById("examples-title")?.scrollIntoView();
    showExamples(from.dataset.examples, from.dataset.value);
  });

  const seconds = (value) => {
    const whole = Math.ceil(value);
    if (whole < 60) return `${whole} s`;
    return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  };

  const svg = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  // One row a behavior; its error bar tightens as replies come in.
  const drawBars = (box, measurement) => {
    const table = box.querySelector("table") ?? box.appendChild(document.createElement("table"));
    table.className = "plain live";
    table.createCaption().textContent = "Pass rates so far on dev, from 0 to 100 %, with error bars; the line across is the target.";
    for (const one of measurement.behaviors) {
      let row = [...table.rows].find((known) => known.dataset.name === one.behavior);
      if (!row) {
        row = table.insertRow();
        row.dataset.name = one.behavior;
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = one.behavior;
        row.append(head);
        const picture = svg("svg", { viewBox: "0 0 260 20", width: "260", height: "20", role: "img" });
        picture.append(svg("line", { x1: 5, x2: 255, y1: 10, y2: 10, stroke: "var(--grid)", "stroke-width": 2 }));
        picture.append(svg("line", { class: "error", y1: 10, y2: 10, stroke: "var(--series-1)", "stroke-width": 6 }));
        picture.append(svg("line", { class: "target", y1: 1, y2: 19, stroke: "var(--ink)", "stroke-width": 2 }));
        picture.append(svg("circle", { cy: 10, r: 5, fill: "var(--ink)" }));
        row.insertCell().append(picture);
        row.insertCell().className = "number";
      }
      const { lower, upper } = one.errorBar;
      const at = (rate) => 5 + 250 * rate;
      const picture = row.querySelector("svg");
      const bar = picture.querySelector(".error");
      bar.setAttribute("x1", at(lower));
      bar.setAttribute("x2", at(upper));
      picture.querySelector("circle").setAttribute("cx", at(one.trials ? one.passes / one.trials : 0.5));
      const line = picture.querySelector(".target");
      line.setAttribute("x1", at(one.target));
      line.setAttribute("x2", at(one.target));
      const percent = (rate) => `${(100 * rate).toFixed(1)} %`;
      picture.setAttribute("aria-label", `${one.behavior}: ${one.passes} of ${one.trials} pass so far, between ${percent(lower)} and ${percent(upper)}; the target is ${percent(one.target)}`);
      const left = one.total - one.trials;
      row.cells[2].textContent = `${one.passes} of ${one.trials}${left ? `, ${left} to ask` : ""}`;
    }
  };

  const showWork = (work) => {
    const panel = document.getElementById("work");
    if (!panel) return;
    panel.hidden = !work;
    if (!work) return;
    const round = work.round ? `Round ${work.round} of ${work.rounds}${work.rung ? `, ${work.rung}` : ""}` : "Before the first round";
    const parts = [round, work.activity];
    if (work.total) parts.push(`${work.done} of ${work.total} ${work.unit ?? ""}`.trim());
    if (work.rate) parts.push(`${work.rate < 10 ? work.rate.toFixed(1) : Math.round(work.rate)} ${work.unit ?? ""}/s`);
    if (work.secondsLeft !== undefined) parts.push(`${seconds(work.secondsLeft)} left`);
    if (work.budgetSecondsLeft !== undefined) parts.push(`budget: ${seconds(work.budgetSecondsLeft)} left`);
    document.getElementById("work-activity").textContent = parts.join(" · ");
    // Spoken where something else is done, and not with every number.
    const status = document.getElementById("work-status");
    if (status.textContent !== `${round}: ${work.activity}`) status.textContent = `${round}: ${work.activity}`;
    document.getElementById("work-progress").value = work.total ? work.done / work.total : 0;
    const box = document.getElementById("work-bars");
    if (work.measurement) drawBars(box, work.measurement);
    else box.replaceChildren();
  };

  // The page is a fold over the events: when there are new ones, it is asked for once more.
  const follow = () => {
    const address = document.getElementById("main")?.dataset.events;
    if (!address || !("EventSource" in window)) return;
    let isAsking = false;
    let isStale = false;
    const refresh = async () => {
      isStale = true;
      if (isAsking) return;
      isAsking = true;
      try {
        // Nobody's typing is interrupted: what is new is shown once the form is left.
        while (isStale && !document.activeElement?.closest("form[data-filter]")) {
          isStale = false;
          const answer = await fetch(location.pathname, { cache: "no-cache" });
          if (!answer.ok) continue;
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
          const from = fresh.getElementById("examples-data")?.dataset.from;
          exchange(fresh, from && wantsExamples ? await askForExamples(from).catch(() => null) : null);
        }
      } catch {
        // The server is gone. When it is back there are news.
      } finally {
        isAsking = false;
      }
    };
    document.addEventListener("focusout", () => setTimeout(() => { if (isStale) refresh(); }));
    let source = null;
    let isOver = false;
    const disconnect = () => { source?.close(); source = null; };
    const connect = () => {
      if (source || isOver || document.hidden) return;
      source = new EventSource(address);
      source.addEventListener("progress", (message) => {
        const work = JSON.parse(message.data);
        showWork(work);
        // Nobody works on it any more.
        if (!work) refresh();
      });
      source.addEventListener("event", refresh);
      source.addEventListener("closed", () => { isOver = true; disconnect(); showWork(null); refresh(); });
    };
    // A browser has few connections to one server: a page that nobody looks at holds none.
    document.addEventListener("visibilitychange", () => document.hidden ? disconnect() : connect());
    addEventListener("pagehide", disconnect);
    addEventListener("pageshow", connect);
    connect();
  };

  // What tells one thing that can be opened from the others.
  const nameOf = (details) => details.id || [details.closest("[id]")?.id, details.closest("tr")?.rowIndex, details.querySelector("summary")?.textContent].join("\n");

  // Takes what a newer page shows; what is at work, open, scrolled to or filled in stays as it is.
  const exchange = (fresh, examples) => {
    const old = document.getElementById("main");
    const next = fresh.getElementById("main");
    if (!next) return;
    const work = document.getElementById("work");
    if (work) next.querySelector("#work")?.replaceWith(work);
    const open = new Set([...old.querySelectorAll("details[open]")].map(nameOf));
    const scrolled = [...old.querySelectorAll(".box, .scroll")].map((box) => [box.scrollTop, box.scrollLeft]);
    const focused = [...old.querySelectorAll("a, button, summary, [tabindex]")].indexOf(document.activeElement);
    const filters = [...old.querySelectorAll("form[data-filter]")].map((form) => [form.dataset.filter, new FormData(form)]);
    old.replaceWith(next);
    document.title = fresh.title;
    for (const details of next.querySelectorAll("details")) if (open.has(nameOf(details))) details.open = true;
    start(examples);
    for (const [name, values] of filters) {
      const form = next.querySelector(`form[data-filter="${name}"]`);
      if (!form) continue;
      for (const [key, value] of values) form.elements[key].value = value;
      form.dispatchEvent(new Event("input"));
    }
    const boxes = next.querySelectorAll(".box, .scroll");
    if (boxes.length === scrolled.length) boxes.forEach((box, index) => box.scrollTo(scrolled[index][1], scrolled[index][0]));
    if (focused >= 0) next.querySelectorAll("a, button, summary, [tabindex]")[focused]?.focus({ preventScroll: true });
  };

  const start = (examples) => { filterBehaviors(); findExamples(examples); };
  window.addEventListener("hashchange", reveal);
  // On paper nothing can be opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
  start();
  reveal();
  follow();
})();
