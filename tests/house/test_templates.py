"""Templates are all used, and hold neither scripts nor styles; letters are complete."""

import ast
import re

from tests.house.source import FLOORS, ROOT, TEMPLATES, files, functions, name, rooms

# Found by allauth, crispy-forms and Django through their names, not through ours.
FOUND_BY_NAME = ("account/", "mfa/", "usersessions/", "allauth/", "kern/", "emails/")
ERROR_PAGES = re.compile(r"^\d{3}\.html$")
INLINE = re.compile(r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:")


def short(path):
    return str(path.relative_to(ROOT / "templates"))


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in [*files(*FLOORS), *TEMPLATES])
    unused = [
        short(path)
        for path in TEMPLATES
        if not short(path).startswith(FOUND_BY_NAME)
        and not ERROR_PAGES.match(short(path))
        and not re.search(rf"[\"']{re.escape(short(path))}[\"']", sources)
    ]

    assert unused == []


def test_no_template_holds_a_script_or_a_style():
    mails = "emails/"  # mail programs know nothing but styles in the mail itself
    found = [
        f"{name(path)}: {match.group()}"
        for path in TEMPLATES
        if not short(path).startswith(mails)
        for match in INLINE.finditer(path.read_text())
    ]

    assert found == []


def letters():
    """(floor, name) of every letter: the functions of the room that put a mail in the outbox."""
    return {
        (path.relative_to(ROOT).parts[0], letter.name)
        for path in rooms("emails")
        for letter in functions(path)
        if letter.returns and "OutgoingMail" in ast.unparse(letter.returns)
    }


def test_every_letter_has_three_templates_and_a_readable_copy():
    missing = []
    for floor, letter in sorted(letters()):
        stem = f"templates/emails/{floor}/{letter}"
        parts = [f"{stem}{ending}" for ending in (".subject.txt", ".txt", ".html")]
        copy = f"tests/{floor}/letters/{letter}.txt"
        missing += [part for part in (*parts, copy) if not (ROOT / part).exists()]

    assert missing == []


def test_every_letter_template_belongs_to_a_letter():
    known = {f"{floor}/{letter}" for floor, letter in letters()}
    orphans = [
        short(path)
        for path in TEMPLATES
        if short(path).startswith(tuple(f"emails/{floor}/" for floor in FLOORS))
        and "parts" not in path.parts
        and short(path).removeprefix("emails/").split(".")[0] not in known
    ]

    assert orphans == []
