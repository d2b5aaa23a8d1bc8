// Makes pages nicer; every page works without it.

// Menus: on narrow screens the navigation folds behind a button.
for (const button of document.querySelectorAll("[data-menu]")) {
  const menu = document.getElementById(button.dataset.menu);
  if (!menu) continue;
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("is-open", open);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(false);
    button.focus();
  });
}

// The person menu closes on Escape and on a click elsewhere.
const person = document.querySelector(".person-menu");
if (person) {
  document.addEventListener("click", (event) => {
    if (!person.contains(event.target)) person.open = false;
  });
  person.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    person.open = false;
    person.querySelector("summary").focus();
  });
}

// A form that came back with errors: reading starts at the summary.
const summary = document.querySelector("[data-error-summary]");
// Two versions of a record stand above the errors: who has to choose begins there.
(document.querySelector(".clash") ?? summary)?.focus();
