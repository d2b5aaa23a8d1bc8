"""Forms of the answer page: who comes, why not, who instead."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms

from network.forms.layout import (
    Folded,
    Group,
    Notice,
    Unchanged,
    add_choices,
    add_needs,
    chosen_workshop,
    needs_notice,
)
from network.queries.offers import Offer
from network.services.registrations import Person

MOST_ROWS = 10
ROWS_SHOWN = 2


class PeopleForm(forms.Form):
    """One row a person; empty rows are left out, the first row is always needed.

    A form that was sent keeps every row that was typed, even if the office has fewer seats by
    now, so that nothing typed is lost.
    """

    def __init__(
        self, *args: Any, rows: int, offer: Offer, offers_copy: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        typed = [
            row
            for row in range(1, MOST_ROWS + 1)
            if self.data.get(f"name_{row}") or self.data.get(f"email_{row}")
        ]
        self.rows = range(1, max(1, min(rows, MOST_ROWS), *typed) + 1)
        self.choices: dict[int, list[str]] = {}
        self.details: dict[int, list[str]] = {}
        for row in self.rows:
            self._add_row(row)
        if len(self.rows) > 1:
            self.fields["together"] = forms.BooleanField(
                label="Wir kommen nur gemeinsam",
                required=False,
                help_text="Reichen die Plätze nicht, warten alle zusammen und rücken zusammen nach",
            )
        if offers_copy:
            self.fields["is_copied"] = forms.BooleanField(
                label="Die Ansprechperson unserer Stelle liest mit",
                required=False,
                help_text="Sie erfährt per E-Mail, wer angemeldet, nachgerückt oder abgemeldet ist",
            )
        self.helper = FormHelper()
        self.helper.layout = self._layout()

    def _add_row(self, row: int) -> None:
        needed = row == 1
        whose = "" if needed else f", {row}. Person"  # so that the error summary tells rows apart
        self.fields[f"name_{row}"] = forms.CharField(
            label=f"Vor- und Nachname{whose}", max_length=120, required=needed
        )
        self.fields[f"email_{row}"] = forms.EmailField(
            label=f"E-Mail-Adresse{whose}", max_length=254, required=needed
        )
        for name in (f"name_{row}", f"email_{row}"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # mostly somebody else's
            self.fields[name].sometimes_required = not needed  # type: ignore[attr-defined]
        self.choices[row] = add_choices(self, self.offer, suffix=f"_{row}", whose=whose)
        self.fields[f"function_{row}"] = forms.CharField(
            label=f"Funktion{whose}", max_length=120, required=False
        )
        needs = add_needs(self, self.offer, suffix=f"_{row}", whose=whose)
        self.details[row] = [f"function_{row}", *needs]

    def _layout(self) -> Layout:
        drawn = [self._draw_row(row) for row in self.rows]
        late = [f"name_{row}" for row in self.rows if row > ROWS_SHOWN]
        late += [f"email_{row}" for row in self.rows if row > ROWS_SHOWN]
        if late:
            more = Folded("Weitere Personen eintragen", *drawn[ROWS_SHOWN:])
            drawn = [*drawn[:ROWS_SHOWN], more.open_if(self, late)]
        return Layout(*drawn, *(name for name in ("together", "is_copied") if name in self.fields))

    def _draw_row(self, row: int) -> Group | Unchanged:
        drawn = self._row(row)
        texts = [f"name_{row}", f"email_{row}", *self.details[row]]
        if any(self[name].errors or self[name].value() for name in texts):
            return drawn
        if any(self[name].errors for name in self.choices[row]):
            return drawn
        offered = tuple(
            (str(self[name].value() or ""), *map(tuple, self.fields[name].choices))  # type: ignore[attr-defined]
            for name in self.choices[row]
        )
        key = (type(self), self.auto_id, row, len(self.rows) > 1, self._kept(), offered)
        return Unchanged(key, drawn)

    def _row(self, row: int) -> Group:
        details = self._draw_details(row)
        lines = [Row(f"name_{row}", f"email_{row}"), *self.choices[row]]
        legend = f"{row}. Person" if row == 1 else f"{row}. Person, wenn noch jemand kommt"
        several = len(self.rows) > 1
        return Group(legend if several else "", *lines, details, css_class="form__person")

    def _draw_details(self, row: int) -> Folded | Unchanged:
        names = self.details[row]
        details = Folded(self._details_label(), *names, Notice(needs_notice(self.offer)))
        details.open_if(self, names)
        if details.is_open:
            return details
        return Unchanged((type(self), self.auto_id, row, "details", self._kept()), details)

    def _kept(self) -> tuple[bool, date | None]:
        """Return what the text about food and access depends on."""
        return self.offer.has_catering, self.offer.needs_kept_until

    def _details_label(self) -> str:
        about = "Verpflegung, Barrierefreiheit" if self.offer.has_catering else "Barrierefreiheit"
        return f"Funktion, {about} – freiwillig"

    def clean(self) -> dict[str, Any]:
        """Ask for the missing half of a row, and for different addresses in different rows."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for row in self.rows:
            name, email = cleaned.get(f"name_{row}", ""), cleaned.get(f"email_{row}", "")
            if email and not name and f"name_{row}" not in self.errors:
                self.add_error(f"name_{row}", "Bitte geben Sie den Namen an.")
            if name and not email and f"email_{row}" not in self.errors:
                self.add_error(f"email_{row}", "Bitte geben Sie die E-Mail-Adresse an.")
            if email and email.lower() in seen:
                self.add_error(
                    f"email_{row}",
                    "Diese E-Mail-Adresse steht schon in einer Zeile darüber. "
                    "Jede Person braucht eine eigene.",
                )
            seen.add(email.lower())
        return cleaned

    def people(self) -> list[Person]:
        """Return the people of the rows that were filled in."""
        return [self._person(row) for row in self.rows if self.cleaned_data[f"name_{row}"]]

    def _person(self, row: int) -> Person:
        said = self.cleaned_data
        return Person(
            full_name=said[f"name_{row}"],
            email=said[f"email_{row}"],
            function=said[f"function_{row}"],
            mode=said.get(f"mode_{row}", ""),
            row=row,
            workshop=chosen_workshop(self, f"_{row}"),
            diet=tuple(said.get(f"diet_{row}", ())),
            diet_note=said.get(f"diet_note_{row}", ""),
            access=said[f"access_{row}"],
            is_copied=bool(said.get("is_copied")),
        )

    @property
    def is_together(self) -> bool:
        """Say whether these people only come together."""
        return bool(self.cleaned_data.get("together"))


class SenderForm(forms.Form):
    """Who answers; asked where the answer itself names nobody, and never needed."""

    sender_name = forms.CharField(label="Ihr Name", max_length=120, required=False)
    sender_email = forms.EmailField(label="Ihre E-Mail-Adresse", max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [name for name in self.fields if not name.startswith("sender_")]
        sender = Folded(
            "Ihr Name – freiwillig",
            Notice(
                '<p class="kern-hint">So weiß der Hauptkontakt Ihrer Organisation, von wem die '
                "Antwort kommt. Vier Wochen nach dem Treffen wird die Angabe gelöscht.</p>"
            ),
            Row("sender_name", "sender_email"),
        )
        self.helper = FormHelper()
        names = ["sender_name", "sender_email"]
        lines = [*own, sender.open_if(self, names)]
        asked = Layout(*lines) if self.is_bound else Unchanged((type(self), self.auto_id), *lines)
        self.helper.layout = asked


class DeclineForm(SenderForm):
    """The office does not come; a reason helps to plan but is not needed."""

    decline_reason = forms.CharField(label="Grund", max_length=300, required=False)


class RepresentForm(SenderForm):
    """Somebody else comes for the office."""

    represented_by = forms.CharField(
        label="Wer vertritt Sie?",
        max_length=200,
        help_text="Name der Organisation oder der Person, zum Beispiel „Landkreis Fulda“",
    )
