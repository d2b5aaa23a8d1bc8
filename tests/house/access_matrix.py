"""Who may open and send what: one line a page. A page that is not here fails the house.

`may` names the roles that get the page; "everybody" is the public. Everybody else is refused:
strangers are sent to the login, people without the right get `refused` (403, or 404 where the
page shows a record). `get` and `post` are the answers to those who may; an empty form gets 422,
a page without a form 405. `args` names the record of the world below the address is made of.
"""

from dataclasses import dataclass

from programme.enums import Role

ROLES = ("anonymous", *Role.values)


@dataclass(frozen=True)
class Page:
    """The answers of one page."""

    may: str
    get: int = 200
    post: int = 405
    refused: int = 403
    args: str = ""


EVERY_ROLE = " ".join(Role.values)

OPEN = "everybody"

# Pages that only show answer 405 to POST, pages with a form 422 to an empty one (see Page).
MATRIX: dict[str, Page] = {
    "dashboard:home": Page(OPEN),
    "dashboard:programme": Page(OPEN),
    "dashboard:start": Page(EVERY_ROLE),
    "programme:legal_notice": Page(OPEN),
    "programme:privacy": Page(OPEN),
    "programme:accessibility": Page(OPEN),
    "programme:easy_language": Page(OPEN),
    "programme:sign_language": Page(OPEN),
    "programme:report_barrier": Page(OPEN, post=422),
    "programme:barrier_reports": Page("office admin"),
    "programme:close_barrier_report": Page(
        "office admin", get=405, post=302, refused=404, args="report"
    ),
    "programme:outbox": Page("office admin"),
    "programme:mail": Page("office admin", refused=404, args="mail"),
    "programme:mail_html": Page("office admin", refused=404, args="mail"),
    "programme:mail_file": Page("office admin", refused=404, args="mail_file"),
    "programme:send_again": Page("office admin", get=405, post=302, refused=404, args="mail"),
    "programme:printout": Page("office", refused=404, args="printout"),
    "programme:printout_file": Page("office", refused=404, args="printout"),
    "programme:retry_printout": Page("office", get=405, post=302, refused=404, args="printout"),
    "programme:people": Page("office admin"),
    "programme:invite_person": Page("office admin", post=422),
    "programme:invite_again": Page("office admin", get=405, post=302, refused=404, args="person"),
    "programme:person": Page("office admin", refused=404, args="person"),
    "programme:assign_person": Page("office admin", post=422, refused=404, args="person"),
    "programme:end_assignment": Page(
        "office admin", get=405, post=302, refused=404, args="site_assignment"
    ),
    "programme:end_membership": Page(
        "office admin", get=405, post=302, refused=404, args="membership"
    ),
    "programme:grant_role": Page("admin", post=422, refused=404, args="person"),
    "programme:end_role": Page("admin", get=405, post=302, refused=404, args="role"),
    "programme:deactivate": Page("admin", get=405, post=302, refused=404, args="person"),
    "programme:reactivate": Page("admin", get=405, post=302, refused=404, args="person"),
    "programme:edit_legal_notice": Page("admin", post=422),
    "programme:edit_legal_page": Page("admin", post=422, args="legal_page"),
    "programme:health": Page(OPEN),
    "programme:favicon": Page(OPEN, get=302),
    "programme:robots": Page(OPEN),
    "programme:security_contact": Page(OPEN),
    "programme:public_funding": Page(OPEN),
    "programme:vouchers": Page("finance office auditor"),
    "programme:split_preview": Page("finance"),
    "programme:approve_vouchers": Page("finance", post=422),
    "programme:add_voucher": Page("finance", post=422),
    "programme:voucher": Page("finance office auditor", refused=404, args="voucher"),
    "programme:edit_voucher": Page("finance", post=422, refused=404, args="voucher"),
    "programme:approve_voucher": Page("finance", get=405, post=422, refused=404, args="voucher"),
    "programme:reject_voucher": Page("finance", get=405, post=422, refused=404, args="voucher"),
    "programme:voucher_file": Page("finance office auditor", refused=404, args="voucher_file"),
    "network:network": Page(OPEN),
    "network:participation": Page(OPEN),
    "network:meetings": Page(OPEN),
    "network:meeting": Page(OPEN, args="meeting"),
    "network:meeting_calendar": Page(OPEN, args="meeting"),
    "network:meetings_calendar": Page(OPEN),
    "network:meetings_feed": Page(OPEN),
    "network:workspace": Page("office"),
    "network:create_meeting": Page("office", post=422),
    "network:board": Page("office", args="meeting"),
    "network:edit_meeting": Page("office", post=422, args="meeting"),
    "network:publish_meeting": Page("office", post=302, args="meeting"),
    "network:cancel_meeting": Page("office", post=422, args="meeting"),
    "network:close_meeting": Page("office", post=302, args="meeting"),
    "network:reopen_meeting": Page("office", post=302, args="meeting"),
    "network:hold_meeting": Page("office", post=422, args="meeting"),
    "network:clone_meeting": Page("office", post=422, args="meeting"),
    "network:workshops": Page("office", args="meeting"),
    "network:add_workshop": Page("office", post=422, args="meeting"),
    "network:edit_workshop": Page("office", post=422, args="workshop"),
    "network:remove_workshop": Page("office", post=302, args="workshop"),
    "network:invite": Page("office", post=422, args="meeting"),
    "network:resend_invitation": Page("office", post=302, args="invited_office"),
    "network:check_in": Page("office", post=302, args="meeting"),
    "network:check_in_steps": Page("office", get=405, post=400, args="meeting"),
    "network:add_walk_in": Page("office", post=422, args="meeting"),
    "network:check_in_code": Page("office", post=302, args="check_in_code"),
    "network:registrations": Page("office", args="meeting"),
    "network:registrations_csv": Page("office", args="meeting"),
    "network:registrations_xlsx": Page("office", args="meeting"),
    "network:add_registration": Page("office", post=422, args="meeting"),
    "network:cancel_participant": Page("office", post=422, args="participant"),
    "network:replace_participant": Page("office", post=422, args="participant"),
    "network:move_up_participant": Page("office", post=422, args="participant"),
    "network:directory": Page("office"),
    "network:organisation": Page("office", args="organisation"),
    "network:add_contact": Page("office", post=422, args="organisation"),
    "network:edit_contact": Page("office", post=422, args="contact"),
    "network:remove_contact": Page("office", get=405, post=302, args="contact"),
    "network:directory_file": Page("office", args="sheet"),
    "network:directory_template": Page("office", args="sheet"),
    "network:import_directory": Page("office", post=422),
    "network:confirm_import": Page("office", get=405, post=422),
    "network:unreached": Page("office"),
    "network:merge_organisation": Page("office", post=422, args="organisation"),
    "network:add_organisation": Page("office", post=422),
    "network:change_organisation": Page("office", post=422, args="organisation"),
    "network:end_organisation": Page("office", post=422, args="organisation"),
    "network:reopen_organisation": Page("office", get=405, post=302, args="organisation"),
    "network:add_body": Page("office", post=422, args="organisation"),
    "network:change_body": Page("office", post=422, args="body"),
    "network:end_body": Page("office", post=422, args="body"),
    "network:invitation": Page(OPEN, post=422, args="invitation"),
    "network:decline_invitation": Page(OPEN, post=302, args="invitation"),
    "network:represent_invitation": Page(OPEN, post=422, args="invitation"),
    "network:cancel_person": Page(OPEN, post=422, args="invited_person"),
    "network:replace_person": Page(OPEN, post=422, args="invited_person"),
    "network:registration": Page(OPEN, post=422, args="registration"),
    "network:cancel_registration": Page(OPEN, post=422, args="registration"),
    "network:replace_registration": Page(OPEN, post=422, args="registration"),
    "network:minutes": Page("office", post=422, args="meeting"),
    "network:release_minutes": Page("office", post=422, args="meeting"),
    "network:print_minutes": Page("office", get=405, post=302, args="meeting"),
    "network:decisions": Page("office"),
    "network:settle_decision": Page("office", get=405, post=302, args="decision"),
    "network:materials": Page("office", post=422, args="meeting"),
    "network:edit_material": Page("office", post=422, args="material"),
    "network:release_material": Page("office", post=422, args="material"),
    "network:remove_material": Page("office", post=302, args="material"),
    "network:material": Page(OPEN, args="material"),
    "network:participant_material": Page(OPEN, args="participant_material"),
    "network:office_material": Page("office member", args="material"),
    "network:undo_answer": Page(OPEN, post=422, args="undo"),
    "network:my_invitations": Page("member"),
    "network:my_invitation": Page("member", get=302, args="own_invitation"),
    "network:replies": Page("office"),
    "network:add_reply": Page("office", post=422),
    "network:reply": Page("office", post=422, args="calendar_reply"),
    "sites:sites": Page(OPEN),
    "sites:site": Page(OPEN, args="site"),
    "sites:workspace": Page("site coach office auditor"),
    "sites:workspace_site": Page("site coach office auditor", refused=404, args="site"),
    "sites:add_measure": Page("site office", post=422, refused=404, args="site"),
    "sites:edit_measure": Page("site office", post=422, refused=404, args="measure"),
    "sites:log_coaching_day": Page("coach", post=422, refused=404, args="site"),
    "publications:workspace": Page("office"),
    "publications:manuscript": Page("office", args="publication"),
    "publications:compile": Page("office", get=405, post=302, args="publication"),
    "publications:add_text": Page("office", get=405, post=302, args="chapter"),
    "publications:edit_block": Page("office", post=422, args="block"),
    "publications:arrange_block": Page("office", get=405, post=302, args="block"),
    "publications:publish": Page("office", post=422, args="publication"),
    "publications:edition_progress": Page("office", args="edition"),
    "publications:edition_status": Page("office", args="edition"),
    "publications:retry_edition": Page("office", get=405, post=302, args="edition"),
    "publications:publications": Page(OPEN),
    "publications:publication": Page(OPEN, args="publication"),
    "publications:edition": Page(OPEN, args="edition"),
    "publications:edition_pdf": Page(OPEN, args="edition"),
    "publications:order": Page(OPEN, post=422, args="publication"),
    "publications:order_received": Page(OPEN, args="publication"),
    "publications:order_status": Page(OPEN, post=302, args="order"),
    "publications:orders": Page("office"),
    "publications:mark_sent": Page("office", get=405, post=302),
    "publications:count_stock": Page("office", post=422, args="publication"),
}
