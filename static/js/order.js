// Asks what for as soon as a number of copies needs it; without it the next page asks.
const part = document.querySelector("[data-what-for]");
if (part) {
  const numbers = [...document.querySelectorAll("[data-purpose-from]")];
  const field = part.querySelector("input");
  const isAsked = !part.hidden;
  const show = () => {
    const needed = numbers.some((box) => Number(box.value) >= Number(box.dataset.purposeFrom));
    part.hidden = !isAsked && !needed;
    field.disabled = part.hidden;
  };
  for (const box of numbers) box.addEventListener("input", show);
  addEventListener("pageshow", show);
}
