"""U08: a site head chooses goals and measures; U09: the month of all measures in few clicks."""

from collections.abc import Callable
from typing import Any

import pytest

from sites.models import Goal, Measure, MeasureUpdate
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """Counts what a person does: pages opened, fields filled, presses."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.pages = self.fields = self.clicks = 0

    def press(self, name: str, *, role: Any = "button") -> None:
        """Press what leads to a page."""
        self.visitor.press(name, role=role)
        self.clicks += 1
        self.pages += 1

    def fill(self, name: str, value: str) -> None:
        """Fill or choose one field by its name."""
        field = self.visitor.page.locator(f"[name={name}]")
        if field.first.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
        self.fields += 1

    def unfold(self, words: str) -> None:
        """Open what is folded under these words."""
        self.visitor.page.locator("summary", has_text=words).click()
        self.clicks += 1

    def tick(self, label: str) -> None:
        """Tick a box or choose a radio."""
        self.visitor.page.get_by_label(label).first.check()
        self.fields += 1


def test_a_site_head_sets_a_goal_and_a_measure_that_serves_it(
    visit: Callable[[], Visitor],
) -> None:
    head = visit()
    head.sign_in("standort@example.org")
    head.open("/intern/standorte/giessen/")
    done = Counting(head)

    done.press("Ziel anlegen", role="link")
    done.fill("field_of_action", "Vernetzung")
    done.fill("title", "Wege in den Kurs werden kürzer")
    done.fill("target", "Jede verpflichtete Person hat nach einer Woche einen Termin.")
    done.press("Ziel speichern")
    done.press("Maßnahme zu diesem Ziel.*Wege in den Kurs", role="link")
    done.fill("field_of_action", "Vernetzung")
    done.fill("title", "Kursberatung im Haus")
    done.fill("starts_on", "2016-07-04")
    done.fill("due_on", "2016-12-16")
    done.fill("responsible", "Teamleitung Service")
    done.tick("dient eher Integrationsaufgaben")
    done.fill("reconciliation", "Über die Verpflichtung entscheidet allein die Behörde.")
    done.unfold("Integrationsaufgaben")
    done.tick("§ 44a Abs. 1 Satz 2 AufenthG")
    done.press("Maßnahme speichern")

    goal = Goal.objects.get(title="Wege in den Kurs werden kürzer")
    measure = Measure.objects.get(title="Kursberatung im Haus")
    assert (measure.goal, measure.responsible) == (goal, "Teamleitung Service")
    assert [norm.norm for norm in measure.norms.all()] == ["§ 44a Abs. 1 Satz 2 AufenthG"]
    assert "Kursberatung im Haus" in head.text()
    assert (done.pages, done.fields, done.clicks) == (4, 11, 5)

    reader = visit()
    reader.open("/standorte/aufgaben/?standort=giessen&gewicht=integration")
    for words in ("Kursberatung im Haus", "entscheidet allein die Behörde", "§ 44a Abs. 1 Satz 2"):
        assert words in reader.text()


def test_the_month_of_all_measures_is_one_page_and_one_button(
    visit: Callable[[], Visitor],
) -> None:
    before = MeasureUpdate.objects.count()
    staff = visit()
    staff.sign_in("standort@example.org")
    running, other = Measure.objects.filter(site__slug="giessen", status="running").order_by("pk")
    done = Counting(staff)

    done.press("Monatsstand eintragen", role="link")
    done.fill(f"status_{running.pk}", "umgesetzt")
    staff.press("Monatsstand speichern")
    assert staff.page.get_by_role("alert").get_by_role("link").count() == 1
    done.fill(f"reason_{running.pk}", "Alle Teams arbeiten mit der Sammlung.")
    done.fill(f"hours_{running.pk}", "4,5")
    done.press("Monatsstand speichern")

    assert (done.pages, done.fields, done.clicks) == (2, 3, 2)
    made = MeasureUpdate.objects.order_by("-pk")[0]
    assert MeasureUpdate.objects.count() == before + 1
    assert (made.measure, made.status, str(made.hours)) == (running, "done", "4.5")
    staff.press(running.title, role="link")
    assert "Alle Teams arbeiten mit der Sammlung." in staff.text()
    assert "4,5 Stunden" in staff.text()
    assert not other.updates.filter(pk__gt=made.pk).exists()


def test_two_people_who_save_the_month_at_once_lose_nothing(
    visit: Callable[[], Visitor],
) -> None:
    site, team = visit(), visit()
    site.sign_in("standort@example.org")
    team.sign_in("team@example.org")
    measure = Measure.objects.filter(site__slug="giessen", status="running").order_by("pk")[0]
    for person in (site, team):
        person.open("/intern/standorte/giessen/monat/")

    team.page.locator(f"[name=reason_{measure.pk}]").fill("Termin mit dem Personalamt steht.")
    team.press("Monatsstand speichern")
    site.page.locator(f"[name=reason_{measure.pk}]").fill("Dritte Runde begonnen.")
    site.press("Monatsstand speichern")
    assert "Zwei Fassungen" in site.text()
    assert "Termin mit dem Personalamt steht." in site.text()
    kept = site.page.locator(f"[name=reason_{measure.pk}]").input_value()
    assert kept == "Dritte Runde begonnen."
    site.press("Monatsstand speichern")

    reasons = measure.updates.order_by("pk").values_list("reason", flat=True)
    assert list(reasons)[-2:] == ["Termin mit dem Personalamt steht.", "Dritte Runde begonnen."]
