// Follows work in the background; without JavaScript the page reloads itself.
const work = document.querySelector("[data-progress]");
if (work) {
  const bar = work.querySelector("progress");
  const stage = work.querySelector("[data-stage]");
  const ask = async () => {
    try {
      const answer = await fetch(work.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const state = await answer.json();
        if (state.finished) return location.reload();
        bar.value = state.progress;
        if (stage.textContent !== state.stage) stage.textContent = state.stage;
      }
    } catch {
      // The network is away; the next question may succeed.
    }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 800);
}
