// Shows how an amount will be split while it is typed; without it the page of the voucher shows it.

const panel = document.querySelector("[data-split]");
const amount = panel && document.getElementById(panel.dataset.amount);
if (amount) {
  const named = (name) => amount.form.elements.namedItem(name);
  const watched = ["net_eur", "invoiced_on", "is_credit_note"].map(named).filter(Boolean);
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
    address.searchParams.set("netto", named("net_eur")?.value ?? "");
    address.searchParams.set("rechnung", named("invoiced_on")?.value ?? "");
    if (named("is_credit_note")?.checked) address.searchParams.set("gutschrift", "1");
    try {
      const response = await fetch(address, {
        signal: running.signal,
        headers: { Accept: "application/json" },
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const split = await response.json();
      const parts = split.parts.map((part) => `${part.name}: ${part.amount} (${part.percent})`);
      text.textContent = split.message || `${split.basis}: ${parts.join(" · ")}`;
    } catch (error) {
      if (error.name !== "AbortError") text.textContent = idle;
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250);
  };
  for (const field of [amount, ...watched]) field.addEventListener("input", soon);
  if (amount.value.trim()) show();
}
