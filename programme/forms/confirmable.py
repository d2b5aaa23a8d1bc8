"""Forms whose warnings the person reads and then confirms."""

from typing import Any

from django import forms


class ConfirmableForm(forms.Form):
    """A form with the tick "trotzdem speichern", hidden while there is nothing to confirm."""

    confirmed = forms.BooleanField(
        label="Ich habe die Hinweise geprüft. Trotzdem speichern.",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "confirmed"), "confirmed"])
        if self.data.get("confirmed") == "on":
            self.ask_to_confirm()

    def ask_to_confirm(self) -> None:
        """Show the tick."""
        self.fields["confirmed"].widget = forms.CheckboxInput()

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error; one at `confirmed` is a warning, so the tick appears with it."""
        if field == "confirmed":
            self.ask_to_confirm()
        super().add_error(field, error)

    @property
    def had_files(self) -> bool:
        """Whether files came with the form; browsers forget them when it is shown again."""
        return bool(self.files)
