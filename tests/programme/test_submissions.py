"""The same form sent twice has one result; a failed one may be sent again."""

from uuid import uuid4

import pytest
from django.db import IntegrityError

from programme import submissions
from programme.errors import RuleBroken
from programme.models import Submission

pytestmark = pytest.mark.django_db


def test_the_second_sending_does_nothing_and_leads_to_the_first_result():
    key, done = uuid4(), []

    def act():
        done.append(len(done))
        return f"/ergebnis/{len(done)}/"

    targets = [submissions.once(key=key, act=act) for _ in range(2)]

    assert targets == ["/ergebnis/1/", "/ergebnis/1/"]
    assert done == [0]


@pytest.mark.parametrize("error", [RuleBroken("Das geht nicht."), IntegrityError("doppelt")])
def test_a_failed_form_leaves_its_key_free(error):
    key = uuid4()

    def fail():
        raise error

    with pytest.raises(type(error)):
        submissions.once(key=key, act=fail)

    assert not Submission.objects.exists()
    assert submissions.once(key=key, act=lambda: "/ergebnis/") == "/ergebnis/"


def test_the_table_of_sent_forms_holds_no_link():
    key, link = uuid4(), "/einladung/Ab3-token_Ab3/"

    targets = [submissions.once(key=key, act=lambda: link) for _ in range(2)]

    assert targets == [link, link]
    assert "Ab3" not in Submission.objects.get().result_url
