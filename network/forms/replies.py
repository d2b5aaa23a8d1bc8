"""Understands pasted and uploaded answers from calendars, and how somebody settles one."""

from typing import Any

from django import forms

from network.enums import CalendarAnswer, RegistrationStatus
from network.models import CalendarReply, Invitation, Registration
from network.rules import reply_mails
from network.rules.replies import Reply
from programme.errors import RuleBroken

NOTHING = "nothing"


class ReplyForm(forms.Form):
    """An answer as text, as calendar file or as whole mail."""

    file = forms.FileField(
        label="Datei",
        required=False,
        max_length=200,
        help_text="Die E-Mail mit der Antwort (.eml) oder ihre Kalenderdatei (.ics), höchstens "
        "1 MB.",
        widget=forms.FileInput(attrs={"accept": ".eml,.ics,message/rfc822,text/calendar"}),
    )
    text = forms.CharField(
        label="Oder Text einfügen",
        required=False,
        max_length=reply_mails.MAX_BYTES,
        help_text="Der ganze Inhalt der Kalenderdatei; er beginnt mit BEGIN:VCALENDAR.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):
            self.fields[name].sometimes_required = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text", "")
        self.replies: list[Reply] = []
        if file:
            too_large = (file.size or 0) > reply_mails.MAX_BYTES
            content = bytes(reply_mails.MAX_BYTES + 1) if too_large else file.read()
            self._read("file", content)
        if text:
            self._read("text", text.encode("utf-8", "replace"))
        if not file and not text and not self.errors:
            self.add_error("file", "Bitte wählen Sie eine Datei oder fügen Sie einen Text ein.")
        return cleaned

    @property
    def is_upload(self) -> bool:
        """Say whether the answers came as a file."""
        return bool(self.cleaned_data.get("file"))

    def _read(self, field: str, content: bytes) -> None:
        try:
            self.replies += reply_mails.read(content)
        except RuleBroken as broken:
            self.add_error(field, broken.message)


class SettleForm(forms.Form):
    """To whom a parked answer belongs; offered is only what an answer can be applied to."""

    choice = forms.ChoiceField(label="Zu wem gehört die Antwort?", widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        reply: CalendarReply,
        people: list[Registration],
        offices: list[Invitation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person-{row.pk}": row for row in people}
        self.offices = {f"office-{row.pk}": row for row in offices}
        if reply.answer in {"", CalendarAnswer.COUNTER}:
            self.people, self.offices = {}, {}
        if not self.people and not self.offices:
            self.fields["choice"].label = "Was soll geschehen?"
            self.initial.setdefault("choice", NOTHING)
        choices = [
            *((key, _person_label(row, reply.answer)) for key, row in self.people.items()),
            *((key, _office_label(row, reply.answer)) for key, row in self.offices.items()),
            (NOTHING, "Ohne Wirkung ablegen"),
        ]
        field = self.fields["choice"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """Return the person or the office that was chosen; both None for nobody."""
        key = self.cleaned_data["choice"]
        return {"registration": self.people.get(key), "invitation": self.offices.get(key)}


def _person_label(row: Registration, answer: str) -> str:
    effects = {
        CalendarAnswer.DECLINED: "wird abgemeldet",
        CalendarAnswer.ACCEPTED: "Zusage wird vermerkt",
        CalendarAnswer.TENTATIVE: "Vorbehalt wird vermerkt",
    }
    effect = effects.get(CalendarAnswer(answer), "")
    if row.status == RegistrationStatus.CANCELLED:
        effect = "ist schon abgemeldet"
    office = row.invitation.organisation.short_name
    return f"{row.full_name} ({office}), {row.meeting}: {effect}"


def _office_label(row: Invitation, answer: str) -> str:
    effects = {
        CalendarAnswer.DECLINED: "die Stelle sagt ab",
        CalendarAnswer.ACCEPTED: "die Stelle sagt zu",
        CalendarAnswer.TENTATIVE: "Vorbehalt wird vermerkt",
    }
    effect = effects.get(CalendarAnswer(answer), "")
    return f"{row.organisation.short_name}, {row.meeting}: {effect}"
