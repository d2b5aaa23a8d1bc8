// Shows how an amount will be split while it is typed; without it the page of the voucher shows it.

const panel = document.querySelector("[data-split]");
const amount = panel && document.getElementById(panel.dataset.amount);
if (amount) {
  const text = panel.querySelector("[data-split-text]");
  const idle = text.textContent;
  let waiting;
  let running;

  const show = async () => {
    running?.abort();
    if (!amount.value.trim()) {
      text.textContent = idle;
      return;
    }
    running = new AbortController();
    const address = new URL(panel.dataset.split, window.location.href);
    address.searchParams.set("betrag", amount.value);
    try {
      const response = await fetch(address, {
        signal: running.signal,
        headers: { Accept: "application/json" },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const split = await response.json();
      const parts = split.parts.map((part) => `${part.name}: ${part.amount} (${part.percent})`);
      text.textContent = split.message || parts.join(" · ");
    } catch (error) {
      if (error.name !== "AbortError") text.textContent = idle;
    }
  };

  amount.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  });
  if (amount.value.trim()) show();
}
