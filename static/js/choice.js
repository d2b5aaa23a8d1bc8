// Says how many rows of a list are ticked; without it the page tells what it ticked itself.
for (const form of document.querySelectorAll("[data-choice]")) {
  const text = form.querySelector("[data-choice-text]");
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    text.textContent = `${ticked} von ${boxes.length} auf dieser Seite ausgewählt`;
  };
  form.addEventListener("change", show);
  show();
}
