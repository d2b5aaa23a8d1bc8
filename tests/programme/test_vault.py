"""Second factors are unreadable in the database and survive a change of the key."""

import pytest
from allauth.mfa.adapter import get_adapter
from cryptography.fernet import InvalidToken

from programme import vault


def test_a_secret_is_unreadable_and_comes_back():
    stored = vault.encrypt("Geheimnis mit Größe")

    assert "Geheimnis" not in stored
    assert vault.decrypt(stored) == "Geheimnis mit Größe"
    assert vault.encrypt("Geheimnis mit Größe") != stored


def test_a_changed_key_still_reads_what_the_older_one_wrote(settings):
    older = settings.SECRET_KEY
    stored = vault.encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "ein neuer Schlüssel", [older]

    assert vault.decrypt(stored) == "JBSWY3DPEHPK3PXP"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        vault.decrypt(stored)


def test_the_login_keeps_second_factors_in_the_vault():
    stored = get_adapter().encrypt("JBSWY3DPEHPK3PXP")

    assert vault.decrypt(stored) == "JBSWY3DPEHPK3PXP"
    assert get_adapter().decrypt(stored) == "JBSWY3DPEHPK3PXP"
