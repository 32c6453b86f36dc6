// Keeps a page up to date: on news it is fetched again and its content exchanged.
"use strict";
(() => {
  const main = () => document.querySelector("main");

  const exchange = async (address, part) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(part);
    const old = document.querySelector(part);
    if (!fresh || !old) { location.reload(); return page; }
    const panel = document.getElementById("live");
    old.replaceChildren(...document.adoptNode(fresh).childNodes);
    if (panel && part === "main") main().prepend(panel);
    document.title = page.title;
    document.dispatchEvent(new Event("hone:content"));
    return page;
  };

  // News that come while a page is fetched are seen to by fetching it once more.
  let busy = false, again = false;
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do { again = false; await exchange(location.href, "main"); } while (again);
    } catch { /* The server is gone; the event stream tells when it is back. */ }
    busy = false;
  };

  const showProgress = (message) => {
    let panel = document.getElementById("live");
    if (!panel) {
      panel = document.createElement("section");
      panel.id = "live";
      panel.setAttribute("aria-labelledby", "live-title");
      main().prepend(panel);
    }
    // Made and escaped by the server, like every page.
    panel.innerHTML = message.html;
  };

  const address = document.body.dataset.events;
  let source = null, last = null, isOver = false;
  const connect = () => {
    if (!address || source || isOver) return;
    source = new EventSource(last === null ? address : address.replace(/after=\d+/, `after=${last}`));
    source.addEventListener("run", (event) => { last = event.lastEventId || last; refresh(); });
    source.addEventListener("runs", () => refresh());
    source.addEventListener("progress", (event) => showProgress(JSON.parse(event.data)));
    source.addEventListener("idle", () => document.getElementById("live")?.remove());
    source.addEventListener("closed", () => {
      isOver = true;
      disconnect();
      document.getElementById("live")?.remove();
      refresh();
    });
  };
  const disconnect = () => { source?.close(); source = null; };

  // A browser has few connections to one server: pages that nobody looks at hold none.
  document.addEventListener("visibilitychange", () => document.hidden ? disconnect() : connect());
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", () => { if (!document.hidden) connect(); });
  if (!document.hidden) connect();

  // Examples are filtered as one types.
  const form = document.getElementById("filter");
  if (form) {
    let timer = 0;
    const filter = () => {
      const words = new URLSearchParams(new FormData(form));
      for (const [name, value] of [...words]) if (!value) words.delete(name);
      const where = `${form.action}?${words}`;
      history.replaceState(null, "", where);
      exchange(where, "#results").catch(() => form.submit());
    };
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (event.target.name === "q") timer = setTimeout(filter, 200);
    });
    form.addEventListener("change", (event) => {
      if (event.target.name === "q") return;
      // Another run has other checkpoints and behaviors.
      if (event.target.name === "run") {
        form.elements.checkpoint.value = form.elements.behavior.value = "";
        form.submit();
      } else filter();
    });
  }
})();
