"""Every model says what it holds about people, and has German names."""

import pytest
from django.db import models

from programme.privacy import NO_PERSONAL_DATA, Privacy
from tests.house.source import MODELS

TELL_TALE = {"full_name", "email", "recipient", "street", "phone", "birthday"}
# Addresses of authorities and offices, not of people.
NOT_A_PERSON = {
    "programme.LegalNotice",
    "programme.Programme",
    "network.Organisation",
    "network.Meeting",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_states_its_personal_data_and_how_long_it_is_kept(model):
    privacy = model.__dict__.get("privacy")

    assert isinstance(privacy, Privacy), "say `privacy = …` in the model itself"
    names = {field.name for field in model._meta.get_fields()}
    assert set(privacy.fields) <= names, "a personal column that does not exist"
    if privacy == NO_PERSONAL_DATA:
        assert not names & TELL_TALE or model._meta.label in NOT_A_PERSON
    else:
        assert privacy.fields
        assert privacy.keep


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_and_field_has_a_german_label(model):
    given = model._meta.original_attrs
    own = [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.model is model
        and not field.auto_created
        and field.name in vars(model)
    ]
    unnamed = [field.name for field in own if field._verbose_name is None]

    assert {"verbose_name", "verbose_name_plural"} <= given.keys()
    assert unnamed == [] or model._meta.label == "programme.User"
