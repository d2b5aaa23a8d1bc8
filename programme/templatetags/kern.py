"""Template tags of the crispy pack "kern": widgets in KERN's classes, forms without a frame."""

from copy import copy
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms, template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString, mark_safe

from programme.forms.choices import FoldedCheckboxes

register = template.Library()

_INPUT = "kern-form-input__input"
_SELECT = "kern-form-input__select"
_CHECKBOX = "kern-form-check__checkbox"
_RADIO = "kern-form-check__radio"


def _widget(field: BoundField) -> forms.Widget:
    """Return the widget itself, out of a wrapper if there is one."""
    widget: forms.Widget = field.field.widget
    inner = getattr(widget, "widget", None)
    return inner if isinstance(inner, forms.Widget) else widget


@register.simple_tag
def kern_kind(field: BoundField) -> str:
    """Name the way a field is drawn: "check", "group", "folded", "select", "parts" or "input"."""
    widget = _widget(field)
    if isinstance(widget, FoldedCheckboxes):
        return "folded"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.Select) and not isinstance(widget, forms.SelectMultiple):
        return "select"
    return "parts" if isinstance(widget, forms.MultiWidget) else "input"


@register.simple_tag
def kern_optional(field: BoundField) -> bool:
    """Say whether a field may always stay empty; its hint tells when one "sometimes" may not."""
    return not field.field.required and not getattr(field.field, "sometimes_required", False)


@register.simple_tag
def kern_widget(field: BoundField) -> SafeString:
    """Draw the widget with KERN's class; the form itself stays as it is."""
    widget = _widget(field)
    base = {"check": _CHECKBOX, "select": _SELECT}.get(kern_kind(field), _INPUT)
    names = [widget.attrs.get("class", ""), base, f"{base}--error" if field.errors else ""]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, names))}
    if widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False  # the label says it already
    return field.as_widget(attrs=attrs)


@register.simple_tag
def kern_options(field: BoundField) -> list[dict[str, Any]]:
    """Return the options of a radio or checkbox group, ready to be written as inputs."""
    widget = _widget(field)
    if not isinstance(widget, ChoiceWidget):
        return []
    base = _RADIO if widget.input_type == "radio" else _CHECKBOX
    names = f"{base} {base}--error" if field.errors else base
    value = field.field.prepare_value(field.value())
    groups = widget.optgroups(
        field.html_name, widget.format_value(value), field.build_widget_attrs({"id": field.auto_id})
    )
    return [
        _option(option, names, str(group or "") if position == 0 else "")
        for group, options, _ in groups
        for position, option in enumerate(options)
    ]


@register.simple_tag
def kern_folded(field: BoundField) -> dict[str, Any]:
    """Return the chosen options, and the others by the name of their group."""
    chosen: list[dict[str, Any]] = []
    groups: dict[str, list[dict[str, Any]]] = {}
    name = ""
    for option in kern_options(field):
        name = option["group"] or name
        others = groups.setdefault(name, [])
        (chosen if option["is_chosen"] else others).append(option)
    return {"chosen": chosen, "groups": groups}


def _option(option: dict[str, Any], names: str, group: str) -> dict[str, Any]:
    attrs = {key: value for key, value in option["attrs"].items() if value is not False}
    attrs |= {"class": names, "type": option["type"], "name": option["name"]}
    attrs["value"] = str(option["value"])
    return {
        "id": attrs.get("id", ""),
        "label": option["label"],
        "group": group,
        "is_chosen": option["selected"],
        "attrs": flatatt(attrs),
    }


@register.simple_tag
def kern_named(field: BoundField) -> str:
    """Name a field for the error summary; one of many lines says its line first."""
    line = getattr(field.field, "line", "")
    return f"{line}: {field.label}" if line else str(field.label)


@register.simple_tag
def kern_focus_id(field: BoundField) -> str:
    """Return the id of the first control of a field, where the error summary leads to."""
    if kern_kind(field) in {"group", "folded", "parts"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.simple_tag
def kern_form(form: BaseForm) -> SafeString:
    """Draw the fields of a form without `<form>` and token, with its own layout if it has one."""
    helper = copy(getattr(form, "helper", None)) or FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    html: str = render_crispy_form(form, helper)
    return mark_safe(html)  # noqa: S308  made by templates
