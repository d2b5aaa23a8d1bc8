"""One link pressed many times at once gives one answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from network.models import SurveyAnswer
from network.services import surveys
from programme import tokens
from programme.errors import RuleBroken
from tests.factories.network import SurveyFactory, SurveyTicketFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_link_used_in_parallel_counts_once():
    survey = SurveyFactory(questions=[{"key": "q1", "text": "Gut?", "kind": "scale"}])
    token = tokens.token("survey", tokens.new_seed())
    SurveyTicketFactory(survey=survey, token_digest=tokens.digest(token))

    def press(mark):
        try:
            surveys.answer(token=token, values={"q1": str(mark % 5 + 1)})
        except (RuleBroken, OperationalError):
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counted = sum(pool.map(press, range(16)))

    assert counted == 1
    assert SurveyAnswer.objects.count() == 1
