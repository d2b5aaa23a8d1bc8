"""Who may open and send what: the pages of plan, notices, contracts and assets."""

from tests.house.access_page import Page

READERS = "finance office auditor"

FUNDING: dict[str, Page] = {
    "programme:funding_document": Page(READERS, refused=404, args="funding_document"),
}
