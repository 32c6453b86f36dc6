
// Pages of the dashboard: examples are filtered by the server as one types.
(() => {
  let timer = 0;
  let asked = 0;
  const filter = async (form) => {
    const words = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...words]) if (!value) words.delete(name);
    const address = `${location.pathname}?${words}`;
    const number = (asked += 1);
    try {
      const answer = await fetch(address, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("results");
      // An answer that was overtaken is none.
      if (number !== asked) return;
      if (!fresh) { form.submit(); return; }
      history.replaceState(null, "", address);
      document.getElementById("results").replaceWith(fresh);
    } catch {
      form.submit();
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.id !== "browse") return;
    clearTimeout(timer);
    if (event.target.name === "run") {
      // Another run has checkpoints and behaviors of its own.
      form.elements.checkpoint.value = "";
      form.elements.behavior.value = "";
      form.submit();
    } else {
      timer = setTimeout(() => filter(form), event.target.name === "q" ? 200 : 0);
    }
  });
})();
