"""Addresses of the audit room; its logbook stands with the pages of the portal."""

from django.urls import URLPattern, path

from programme.views import audit_room, findings

ROOM = "intern/pruefung"
FINDINGS = f"{ROOM}/feststellungen"
FINDING = f"{FINDINGS}/<int:number>"

pages: list[URLPattern] = [
    path(f"{ROOM}/", audit_room.AuditRoom.as_view(), name="audit_room"),
    path(f"{ROOM}/belege/<int:number>/", audit_room.VoucherChain.as_view(), name="voucher_chain"),
    path(f"{FINDINGS}/", findings.FindingList.as_view(), name="findings"),
    path(f"{FINDINGS}/neu/", findings.AddFinding.as_view(), name="add_finding"),
    path(f"{FINDING}/", findings.FindingPage.as_view(), name="finding"),
    path(f"{FINDING}/aendern/", findings.EditFinding.as_view(), name="edit_finding"),
    path(f"{FINDING}/beantworten/", findings.AnswerFinding.as_view(), name="answer_finding"),
    path(f"{FINDING}/schliessen/", findings.CloseFinding.as_view(), name="close_finding"),
]
