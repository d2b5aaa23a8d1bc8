"""What every text file of the project keeps, whatever it is written in."""

import re

from tests.house.source import FLOORS, ROOT

FOLDERS = (*FLOORS, "templates", "static", "scripts", "tests", "docs")
TEXT = {".py", ".html", ".svg", ".css", ".js", ".json", ".csv", ".md", ".txt", ".toml", ".sh"}
# Git writes seven signs at the start of a line, then the name of a branch.
UNFINISHED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)


def test_no_file_keeps_the_marks_of_an_unfinished_merge():
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    beside = [path for path in ROOT.iterdir() if path.is_file()]
    texts = [path for path in (*inside, *beside) if path.suffix in TEXT]

    unfinished = [
        str(path.relative_to(ROOT))
        for path in texts
        if UNFINISHED.search(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert len(texts) > 1000
    assert unfinished == []
