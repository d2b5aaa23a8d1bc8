"""Every model says what it holds about people, and has German names."""

import pytest
from django.db import models
from factory.django import DjangoModelFactory

from programme.privacy import NO_PERSONAL_DATA, Privacy
from tests.factories import network, programme, publications, sites
from tests.house.source import MODELS

FACTORIES = [
    factory
    for module in (programme, network, sites, publications)
    for factory in vars(module).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory)
    if factory is not DjangoModelFactory
]

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


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_record_can_name_itself(model):
    assert "__str__" in vars(model)


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_the_name_of_a_record_is_made_of_its_own_words(factory):
    record = factory.build()

    named = str(record)

    assert named.strip()
    assert "object (" not in named
    assert "None" not in named.replace(str(record.pk), "")
