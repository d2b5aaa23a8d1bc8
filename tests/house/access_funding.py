"""Who may open and send what: the pages of plan, notices, drawdowns and proofs."""

from tests.house.access_page import OPEN, Page

READERS = "finance office auditor"

FUNDING: dict[str, Page] = {
    "programme:funding_document": Page(READERS, refused=404, args="funding_document"),
    "programme:grant_notices": Page(READERS),
    "programme:add_grant_notice": Page("finance", post=422),
    "programme:edit_grant_notice": Page("finance", post=422, refused=404, args="grant_notice"),
    "programme:follow_parameter": Page("finance", post=422, refused=404, args="parameter"),
    "programme:drawdowns": Page(READERS),
    "programme:add_drawdown": Page("finance", post=422),
    "programme:drawdown_preview": Page("finance"),
    "programme:drawdown": Page(READERS, refused=404, args="drawdown"),
    "programme:edit_drawdown": Page("finance", post=422, refused=404, args="drawdown"),
    "programme:approve_drawdown": Page("finance", get=405, post=422, refused=404, args="drawdown"),
    "programme:reject_drawdown": Page("finance", get=405, post=422, refused=404, args="drawdown"),
    "programme:receive_drawdown": Page("finance", get=405, post=422, refused=404, args="drawdown"),
    "programme:sign_drawdown": Page("finance", get=405, post=422, refused=404, args="drawdown"),
    "programme:print_drawdown": Page(READERS, get=405, post=302, refused=404, args="drawdown"),
    "programme:contracts": Page(READERS),
    "programme:add_contract": Page("finance", post=422),
    "programme:edit_contract": Page("finance", post=422, refused=404, args="contract"),
    "programme:assets": Page(READERS),
    "programme:add_asset": Page("finance", post=422),
    "programme:edit_asset": Page("finance", post=422, refused=404, args="asset"),
    "programme:plan": Page(READERS),
    "programme:begin_plan": Page("finance", get=405, post=302),
    "programme:reallocate": Page("finance", post=422),
    "programme:compare_plans": Page(READERS),
    "programme:plan_sums": Page("finance"),
    "programme:plan_version": Page(READERS, refused=404, args="plan"),
    "programme:edit_plan": Page("finance", post=422, refused=404, args="plan"),
    "programme:hand_in_plan": Page("finance", get=405, post=422, refused=404, args="plan"),
    "programme:approve_plan": Page("finance", get=405, post=422, refused=404, args="plan"),
    "programme:send_back_plan": Page("finance", get=405, post=422, refused=404, args="plan"),
    "programme:discard_plan": Page("finance", get=405, post=422, refused=404, args="plan"),
    "programme:deadlines": Page(READERS),
    "programme:deadline_file": Page(READERS),
    "programme:subscribe_deadlines": Page(READERS, get=405, post=302),
    "programme:deadline_feed": Page(OPEN, args="deadline_feed"),
}
