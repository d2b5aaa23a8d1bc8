// Shows both sums of a plan while somebody types; without it the page of the version shows them.

const panel = document.querySelector("[data-plan-sums]");
if (panel) {
  const text = panel.querySelector("[data-plan-sums-text]");
  const inputs = [...document.querySelectorAll("input[data-sum]")];
  const idle = text.textContent;
  let waiting;
  let running;

  const show = async () => {
    running?.abort();
    running = new AbortController();
    const address = new URL(panel.dataset.planSums, window.location.href);
    for (const input of inputs) {
      if (input.value.trim()) address.searchParams.append(input.dataset.sum, input.value);
    }
    try {
      const response = await fetch(address, {
        signal: running.signal,
        headers: { Accept: "application/json" },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      text.textContent = (await response.json()).message;
    } catch (error) {
      if (error.name !== "AbortError") text.textContent = idle;
    }
  };

  for (const input of inputs) {
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 250);
    });
  }
  show();
}
