"""Understands what is looked for in the send log."""

from django import forms

from network.queries.letters import DELIVERY


class SendLogForm(forms.Form):
    """Narrows the send log; sent by GET, so that a search can be kept as an address."""

    suche = forms.CharField(label="Organisation oder Adresse", required=False, max_length=80)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "alle"),
            ("lost", "nicht angekommen"),
            *((status.value, words) for status, (words, _) in DELIVERY.items()),
            ("paper", "auf Papier"),
        ],
    )

    def chosen(self) -> dict[str, str]:
        """Return what was understood; anything else is ignored, a filter is no place for errors."""
        self.is_valid()
        understood = getattr(self, "cleaned_data", {})
        return {name: understood.get(name, "") for name in self.fields}
