"""Who may open and send what: the pages of plan, notices, contracts and assets."""

from tests.house.access_page import Page

READERS = "finance office auditor"

FUNDING: dict[str, Page] = {
    "programme:funding_document": Page(READERS, refused=404, args="funding_document"),
    "programme:grant_notices": Page(READERS),
    "programme:add_grant_notice": Page("finance", post=422),
    "programme:edit_grant_notice": Page("finance", post=422, refused=404, args="grant_notice"),
    "programme:follow_parameter": Page("finance", post=422, refused=404, args="parameter"),
}
