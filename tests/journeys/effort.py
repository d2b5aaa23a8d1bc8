"""What a journey costs: pages worked on, fields filled, controls pressed, as the browser saw it."""

from dataclasses import dataclass

from tests.journeys.conftest import Visitor

# A press on a label presses its field as well and counts once; so does Enter, which presses the
# button of the form. Files and ticks are no fields: nothing is typed or chosen from a list.
COUNTER = """
(() => {
  const note = (kind, name) => {
    const seen = JSON.parse(sessionStorage.getItem("effort") || "[]");
    seen.push([kind, location.pathname, name]);
    sessionStorage.setItem("effort", JSON.stringify(seen));
  };
  addEventListener("click", (event) => {
    if (event.isTrusted && !event.target.closest("label")) note("click", event.target.tagName);
  }, true);
  addEventListener("input", ({ target }) => {
    if (target.name && !["file", "checkbox", "radio"].includes(target.type)) {
      note("field", target.name);
    }
  }, true);
})();
"""


@dataclass(frozen=True)
class Effort:
    """Pages, fields and clicks of a journey."""

    pages: int
    fields: int
    clicks: int


def count_from_now(visitor: Visitor) -> None:
    """Begin to count on the page that is open."""
    visitor.page.add_init_script(COUNTER)
    visitor.page.evaluate(COUNTER)
    visitor.page.evaluate("sessionStorage.removeItem('effort')")


def effort_of(visitor: Visitor) -> Effort:
    """Return what was done since `count_from_now`."""
    seen = visitor.page.evaluate("JSON.parse(sessionStorage.getItem('effort') || '[]')")
    return Effort(
        pages=len({path for _, path, _ in seen}),
        fields=len({(path, name) for kind, path, name in seen if kind == "field"}),
        clicks=sum(kind == "click" for kind, *_ in seen),
    )
