"""Addresses of the audit room; its logbook stands with the pages of the portal."""

from django.urls import URLPattern, path

from programme.views import audit_room, findings, funding_file, samples, site_checks

ROOM = "intern/pruefung"
FINDINGS = f"{ROOM}/feststellungen"
SAMPLES = f"{ROOM}/stichproben"
FILE = f"{ROOM}/akte"
FINDING = f"{FINDINGS}/<int:number>"

pages: list[URLPattern] = [
    path(f"{ROOM}/", audit_room.AuditRoom.as_view(), name="audit_room"),
    path(f"{ROOM}/belege/<int:number>/", audit_room.VoucherChain.as_view(), name="voucher_chain"),
    path(
        f"{ROOM}/belege/<int:number>/mappe/",
        samples.PrintVoucherBinder.as_view(),
        name="voucher_binder",
    ),
    path(f"{SAMPLES}/", samples.SampleList.as_view(), name="samples"),
    path(f"{SAMPLES}/neu/", samples.DrawSample.as_view(), name="draw_sample"),
    path(f"{SAMPLES}/<int:pk>/", samples.SamplePage.as_view(), name="sample"),
    path(f"{SAMPLES}/<int:pk>/mappe/", samples.PrintSampleBinder.as_view(), name="sample_binder"),
    path(f"{FINDINGS}/", findings.FindingList.as_view(), name="findings"),
    path(f"{FINDINGS}/neu/", findings.AddFinding.as_view(), name="add_finding"),
    path(f"{FINDING}/", findings.FindingPage.as_view(), name="finding"),
    path(f"{FINDING}/aendern/", findings.EditFinding.as_view(), name="edit_finding"),
    path(f"{FINDING}/beantworten/", findings.AnswerFinding.as_view(), name="answer_finding"),
    path(f"{FINDING}/schliessen/", findings.CloseFinding.as_view(), name="close_finding"),
    path(f"{FILE}/", funding_file.FundingFilePage.as_view(), name="funding_file"),
    path(f"{FILE}/packen/", funding_file.PackFundingFile.as_view(), name="pack_funding_file"),
    path(f"{ROOM}/vor-ort/", site_checks.SiteChecks.as_view(), name="site_checks"),
    path(f"{ROOM}/vor-ort/neu/", site_checks.AddSiteCheck.as_view(), name="add_site_check"),
]
