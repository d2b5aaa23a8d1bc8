// Shows proposal and findings while day and amount are typed; without it "Neu berechnen" does.

const panel = document.querySelector("[data-drawdown]");
const day = panel && document.getElementById(panel.dataset.day);
const amount = panel && document.getElementById(panel.dataset.amount);
if (day && amount) {
  const proposed = () =>
    panel.querySelector("[data-proposal]")?.dataset.proposal.replace(" EUR", "") ?? "";
  let waiting;
  let running;

  const show = async (isOtherDay) => {
    running?.abort();
    running = new AbortController();
    const follows = isOtherDay && amount.value === proposed();
    const address = new URL(panel.dataset.drawdown, window.location.href);
    address.searchParams.set("datum", day.value);
    address.searchParams.set("betrag", follows ? "" : amount.value);
    address.searchParams.set("abruf", panel.dataset.number);
    try {
      const response = await fetch(address, { signal: running.signal });
      if (!response.ok || response.redirected) return;
      const shown = document.createRange().createContextualFragment(await response.text());
      panel.replaceChildren(shown);
      if (follows) amount.value = proposed();
    } catch (error) {
      if (error.name !== "AbortError") return;
    }
  };

  const soon = (isOtherDay) => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 300, isOtherDay);
  };
  day.addEventListener("input", () => soon(true));
  amount.addEventListener("input", () => soon(false));
}
