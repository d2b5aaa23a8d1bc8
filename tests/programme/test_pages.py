"""Pages: closed by default, broken rules at the field, one result a form."""

import pytest

from programme.pages import Page


def test_a_page_without_a_guard_cannot_be_defined():
    with pytest.raises(TypeError, match="declares no guard"):

        class Open(Page):
            guard = None
