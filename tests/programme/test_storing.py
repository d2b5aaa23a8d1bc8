"""Files and transactions: what is not committed leaves no file behind, what is stays."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from programme import audit, storing
from programme.models import Voucher, VoucherFile
from programme.services import vouchers
from tests.factories.funding import entry, new_file

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Die Platte ist voll."


@pytest.fixture
def stored(settings, tmp_path):
    """Return the names of all files in the storage."""
    settings.MEDIA_ROOT = str(tmp_path)
    return lambda: sorted(path.name for path in Path(tmp_path).rglob("*") if path.is_file())


def kept(name):
    row = VoucherFile()
    storing.keep(row.file, name=name, content=ContentFile(b"Inhalt"))
    return row


def test_a_file_stays_when_the_transaction_is_committed(stored):
    with transaction.atomic():
        kept("bleibt.txt")
    kept("sofort.txt")

    assert stored() == ["bleibt.txt", "sofort.txt"]


@transaction.atomic
def fails_after(*names):
    for name in names:
        kept(name)
    raise RuntimeError(WORDS)


@transaction.atomic
def fails_after_an_inner_step(name):
    with transaction.atomic():
        kept(name)
    raise RuntimeError(WORDS)


def test_files_go_when_the_transaction_is_rolled_back(stored):
    with pytest.raises(RuntimeError, match=WORDS):
        fails_after("erste.txt", "zweite.txt")

    assert stored() == []


def test_a_failure_after_the_service_takes_its_file_away_as_well(stored):
    with pytest.raises(RuntimeError, match=WORDS):
        fails_after_an_inner_step("innen.txt")

    assert stored() == []


def test_a_step_that_is_taken_back_takes_only_its_own_file(stored):
    with transaction.atomic():
        kept("bleibt.txt")
        with pytest.raises(RuntimeError, match=WORDS):
            fails_after("geht.txt")

    assert stored() == ["bleibt.txt"]


def test_what_fails_after_the_commit_takes_no_file_away(stored, caplog):
    def breaks():
        raise RuntimeError(WORDS)

    with transaction.atomic():
        transaction.on_commit(breaks, robust=True)
        kept("bleibt.txt")

    assert WORDS in caplog.text
    assert stored() == ["bleibt.txt"]


def test_a_voucher_that_is_not_recorded_leaves_no_file(stored, plan, clerk, monkeypatch):
    def breaks(**_):
        raise RuntimeError(WORDS)

    monkeypatch.setattr(audit, "record", breaks)

    with pytest.raises(RuntimeError, match=WORDS):
        vouchers.record(
            programme=plan.programme,
            entry=entry(plan=plan),
            files=[new_file()],
            by=clerk,
            confirmed=True,
        )

    assert not Voucher.objects.exists()
    assert stored() == []


def test_no_hook_stops_the_others_and_no_upload_goes_another_way():
    apps = [Path(app) for app in ("programme", "network", "sites", "publications")]
    sources = {path: path.read_text() for app in apps for path in app.rglob("*.py")}
    hooks = [
        (path.as_posix(), call)
        for path, source in sources.items()
        for call in re.findall(r"on_commit\((?:[^()]|\([^()]*\))*\)", source)
    ]
    uploads = [path for path, source in sources.items() if "new.content, save" in source]

    assert [(where, call) for where, call in hooks if "robust=True" not in call] == []
    assert uploads == []
