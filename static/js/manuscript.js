// Keeps a text of the report while it is typed and shows how it looks beside it.
// Without it the button "Vorschau" does both.

const PAUSE = 1200;

const form = document.querySelector("[data-keep]");
const preview = document.querySelector("[data-preview]");
if (form && preview) {
  const state = form.querySelector("[data-state]");
  const said = preview.querySelector("[data-preview-note]");
  const paper = preview.querySelector("[data-paper]");
  let waiting;
  let running;
  let changed = false;

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  const keep = async () => {
    running?.abort();
    running = new AbortController();
    changed = false;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        redirect: "manual",
        body: new FormData(form),
        signal: running.signal,
      });
      if (answer.status === 422) {
        say((await answer.json()).message);
        return;
      }
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { html, message } = await answer.json();
      paper.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      said.textContent = "So sieht Ihr Text mit den Zahlen von jetzt aus; gespeichert ist er noch nicht.";
      const now = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
      say(message || `Entwurf um ${now} Uhr behalten, nur für Sie.`);
    } catch (error) {
      if (error.name === "AbortError") return;
      changed = true;
      say("Nicht behalten. Ihr Text steht noch hier; bitte speichern Sie ihn selbst.");
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    running?.abort();
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
