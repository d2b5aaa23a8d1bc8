"""Who may open and send what on the pages of the sites: one line a page."""

from tests.house.access_page import OPEN, Page

SITES: dict[str, Page] = {
    "sites:sites": Page(OPEN),
    "sites:site": Page(OPEN, args="site"),
    "sites:workspace": Page("site coach office auditor"),
    "sites:workspace_site": Page("site coach office auditor", refused=404, args="site"),
    "sites:call": Page(OPEN, args="call"),
    "sites:calls": Page("office auditor"),
    "sites:create_call": Page("office", post=422),
    "sites:call_desk": Page("office auditor", args="call"),
    "sites:edit_call": Page("office", post=422, args="call"),
    "sites:add_criterion": Page("office", post=422, args="call"),
    "sites:edit_criterion": Page("office", post=422, args="criterion"),
    "sites:remove_criterion": Page("office", get=405, post=302, args="criterion"),
    "sites:print_decisions": Page("office", get=405, post=302, args="call"),
    "sites:switch_call": Page("office", get=405, post=302, args="call"),
    "sites:apply": Page("member office", post=302, refused=404, args="application_form"),
    "sites:my_applications": Page("member"),
    "sites:application": Page("member office auditor", refused=404, args="application"),
    "sites:score_application": Page("office", post=302, refused=404, args="application"),
    "sites:decide_application": Page("office", post=422, refused=404, args="application"),
    "sites:documents": Page("site coach office auditor", refused=404, args="site"),
    "sites:add_document": Page("site coach office", post=422, refused=404, args="site"),
    "sites:document": Page("site coach office auditor", refused=404, args="document"),
    "sites:note_archive_offer": Page("office", post=422, refused=404, args="document"),
    "sites:edit_document": Page("site coach office", post=422, refused=404, args="document"),
    "sites:add_document_version": Page("site coach office", post=422, refused=404, args="document"),
    "sites:document_file": Page("site coach office auditor", refused=404, args="document_version"),
    "sites:public_document": Page(OPEN, args="public_document"),
    "sites:communications": Page("site coach office auditor", refused=404, args="site"),
    "sites:add_communication": Page("site coach office", post=422, refused=404, args="site"),
    "sites:edit_communication": Page("site office", post=422, refused=404, args="communication"),
    "sites:settle_communication": Page(
        "site office", get=405, post=302, refused=404, args="communication"
    ),
    "sites:history": Page("site coach office auditor", refused=404, args="site"),
    "sites:edit_profile": Page("site office", post=302, refused=404, args="site"),
    "sites:add_assignment": Page("office", post=422, refused=404, args="site"),
    "sites:end_assignment": Page("office", post=422, refused=404, args="staff_assignment"),
    "sites:progress": Page("office auditor"),
    "sites:site_phases": Page("site coach office auditor", refused=404, args="site"),
    "sites:edit_phase": Page("coach office", post=302, refused=404, args="phase"),
    "sites:site_file": Page("site coach office auditor", refused=404, args="site"),
    "sites:begin_site": Page("office", post=422, refused=404, args="site"),
    "sites:complete_site": Page("office", post=422, refused=404, args="site"),
    "sites:withdraw_site": Page("office", post=422, refused=404, args="site"),
    "sites:add_site_contact": Page("site coach office", post=422, refused=404, args="site"),
    "sites:edit_site_contact": Page(
        "site coach office", post=422, refused=404, args="site_contact"
    ),
    "sites:remove_site_contact": Page(
        "site coach office", get=405, post=302, refused=404, args="site_contact"
    ),
    "sites:add_agreement": Page("coach office", post=422, refused=404, args="site"),
    "sites:agreement_file": Page("site coach office auditor", refused=404, args="agreement"),
    "sites:balance": Page(OPEN),
    "sites:goals": Page("site coach office auditor", refused=404, args="site"),
    "sites:add_goal": Page("site office", post=422, refused=404, args="site"),
    "sites:edit_goal": Page("site office", post=422, refused=404, args="goal"),
    "sites:measure": Page("site coach office auditor", refused=404, args="measure"),
    "sites:step_measure": Page("site office", post=422, refused=404, args="measure"),
    "sites:monthly_update": Page("site office", post=302, refused=404, args="site"),
    "sites:add_measure": Page("site office", post=422, refused=404, args="site"),
    "sites:edit_measure": Page("site office", post=422, refused=404, args="measure"),
    "sites:log_coaching_day": Page("coach", post=422, refused=404, args="site"),
    "sites:coaching_days": Page("coach"),
    "sites:new_coaching_day": Page("coach", post=422),
    "sites:sync_coaching_day": Page("coach", get=405, post=400),
    "sites:keep_day_draft": Page("coach", get=405, post=400),
    "sites:discard_day_draft": Page("coach", get=405, post=302, args="day_draft"),
    "sites:coaching_budget": Page("office", post=302, refused=404, args="site"),
    "sites:coaching_day": Page("site coach office auditor", refused=404, args="coaching_day"),
    "sites:edit_coaching_day": Page("coach", post=422, refused=404, args="coaching_day"),
    "sites:correct_coaching_day": Page("coach", post=422, refused=404, args="coaching_day"),
    "sites:answer_coaching_day": Page("site", post=422, refused=404, args="coaching_day"),
    "sites:coaching_photo": Page("site coach office", refused=404, args="coaching_photo"),
    "sites:confirm_coaching_day": Page(OPEN, post=422, args="day_to_confirm"),
    "sites:next_steps": Page("site coach office auditor", refused=404, args="site"),
    "sites:settle_step": Page("site office", get=405, post=302, refused=404, args="next_step"),
    "sites:contributions": Page("office auditor"),
    "sites:set_contributions_due": Page("office", post=422),
    "sites:remind_contributions": Page("office", get=405, post=302),
    "sites:contribution": Page("site coach office auditor", refused=404, args="site"),
    "sites:write_contribution": Page("site", post=302, refused=404, args="site"),
    "sites:keep_contribution": Page("site", get=405, post=200, refused=404, args="site"),
    "sites:comment_contribution": Page(
        "coach office", post=422, refused=404, args="contribution_part"
    ),
    "sites:settle_comment": Page(
        "site", get=405, post=302, refused=404, args="contribution_comment"
    ),
    "sites:contribution_version": Page(
        "site coach office auditor", refused=404, args="contribution_version"
    ),
    "sites:sign_contribution": Page("office", post=422, refused=404, args="site"),
    "sites:return_contribution": Page("office", post=422, refused=404, args="site"),
    "sites:practice_cards": Page(OPEN),
    "sites:practice_card": Page(OPEN, args="card"),
    "sites:try_card": Page("member", get=405, post=302, args="card"),
    "sites:give_up_card": Page("member", get=405, post=302, args="tried_card"),
    "sites:adoption_answer": Page(OPEN, post=422, args="adoption"),
    "sites:my_office": Page("member"),
    "sites:knowledge": Page("member office"),
    "sites:adoptions": Page("office"),
    "sites:make_card": Page("site office", post=422, refused=404, args="measure"),
    "sites:edit_card": Page("site office", post=422, refused=404, args="site_card"),
    "sites:public_compare": Page(OPEN),
    "sites:compare": Page("site coach office auditor"),
    "sites:compare_file": Page("site coach office auditor", args="sheet"),
    "sites:indicators": Page("site coach office auditor", refused=404, args="site"),
    "sites:enter_indicators": Page(
        "site coach office", post=302, refused=404, args="indicator_phase"
    ),
    "sites:indicators_file": Page("site coach office auditor", refused=404, args="site_sheet"),
    "sites:import_indicators": Page("site coach office", post=422, refused=404, args="site"),
    "sites:confirm_indicators": Page(
        "site coach office", get=405, post=422, refused=404, args="site"
    ),
    "sites:add_indicator": Page("site coach office", post=422, refused=404, args="site"),
    "sites:nudge_indicators": Page("coach office", post=302, refused=404, args="indicator_site"),
    "sites:missing_values": Page("office auditor"),
    "sites:indicator_details_file": Page(
        "site coach office auditor", refused=404, args="site_sheet"
    ),
    "sites:indicator_value": Page("site coach office auditor", refused=404, args="indicator_value"),
    "sites:edit_readings": Page("site coach office", post=422, refused=404, args="indicator_value"),
    "sites:edit_groups": Page("site coach office", post=422, refused=404, args="indicator_value"),
    "sites:add_evidence": Page("site coach office", post=422, refused=404, args="indicator_value"),
    "sites:evidence_file": Page(
        "site coach office auditor", refused=404, args="indicator_evidence"
    ),
    "sites:remove_evidence": Page(
        "site coach office", get=405, post=302, refused=404, args="indicator_evidence"
    ),
    "sites:redefine_indicator": Page("site office", post=422, refused=404, args="indicator"),
    "sites:release_indicator": Page(
        "site office", get=405, post=302, refused=404, args="indicator"
    ),
}
