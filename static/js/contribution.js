// Keeps what a site writes while it is typed, and folds the figures on narrow screens.
// Without it "Entwurf speichern" does the same, and the figures stand open.

if (matchMedia("(max-width: 74.99rem)").matches) {
  for (const figures of document.querySelectorAll("[data-figures]")) figures.open = false;
}

const PAUSE = 2000;

const keepWhileTyping = (form) => {
  const state = form.querySelector("[data-state]");
  let waiting;
  let sending = false;
  let stopped = false;
  let changed = false;
  let pressed = null;

  const say = (text) => {
    if (state.textContent !== text) state.textContent = text;
  };

  const keep = async () => {
    if (sending || stopped || !changed) return;
    sending = true;
    changed = false;
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.dataset.contribution, {
        method: "POST",
        redirect: "manual",
        body: sent,
      });
      if (answer.ok) {
        form.elements.seen_at.value = (await answer.json()).seen_at;
        const now = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
        say(`Entwurf um ${now} Uhr gespeichert.`);
      } else if (answer.status === 409 || answer.status === 422) {
        say((await answer.json()).message);
        stopped = answer.status === 409;
        changed = true;
      } else {
        throw new Error(`status ${answer.status}`);
      }
    } catch {
      changed = true;
      say("Nicht gespeichert. Ihr Text steht noch hier; bitte speichern Sie ihn selbst.");
    }
    sending = false;
    if (pressed) {
      changed = false;
      form.requestSubmit(pressed);
      return;
    }
    if (changed && !stopped) waiting = setTimeout(keep, 5 * PAUSE);
  };

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  // A save under way ends first; otherwise the form would clash with its own text.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    changed = false;
    if (!sending) return;
    event.preventDefault();
    stopped = true;
    pressed = event.submitter;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
};

for (const form of document.querySelectorAll("[data-contribution]")) keepWhileTyping(form);
