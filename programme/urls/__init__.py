"""Addresses of the portal: one line a floor, paths German, names English."""

from django.urls import URLPattern, include, path

from programme.dashboard.assignments import AssignPerson, EndAssignment, EndMembership
from programme.dashboard.people import PersonPage
from programme.urls import drawdowns, funding, inspections
from programme.views import (
    barriers,
    deletions,
    legal,
    legal_desk,
    logbook,
    machines,
    notices,
    outbox,
    people,
    printouts,
)

ground_pages: list[URLPattern] = [
    path("impressum/", legal.LegalNoticePage.as_view(), name="legal_notice"),
    path("datenschutz/", legal.Privacy.as_view(), name="privacy"),
    path("barrierefreiheit/", legal.Accessibility.as_view(), name="accessibility"),
    path("leichte-sprache/", legal.EasyLanguage.as_view(), name="easy_language"),
    path("gebaerdensprache/", legal.SignLanguage.as_view(), name="sign_language"),
    path("barriere-melden/", barriers.ReportBarrier.as_view(), name="report_barrier"),
    path("intern/barrieremeldungen/", barriers.BarrierReports.as_view(), name="barrier_reports"),
    path(
        "intern/barrieremeldungen/<int:pk>/beantwortet/",
        barriers.CloseBarrierReport.as_view(),
        name="close_barrier_report",
    ),
    path("intern/benachrichtigungen/", notices.Notices.as_view(), name="notices"),
    path(
        "intern/benachrichtigungen/waehlen/", notices.ChooseSpeed.as_view(), name="choose_notices"
    ),
    path(
        "intern/benachrichtigungen/neuer-link/",
        notices.RenewLink.as_view(),
        name="renew_notice_link",
    ),
    path(
        "benachrichtigung/<str:token>/<slug:scope>/",
        notices.ChangeByLink.as_view(),
        name="change_notices",
    ),
    path("intern/postausgang/", outbox.Outbox.as_view(), name="outbox"),
    path("intern/postausgang/<int:pk>/", outbox.Mail.as_view(), name="mail"),
    path("intern/postausgang/<int:pk>/html/", outbox.MailHtml.as_view(), name="mail_html"),
    path(
        "intern/postausgang/<int:pk>/anlage/<int:attachment>/",
        outbox.MailFile.as_view(),
        name="mail_file",
    ),
    path("intern/postausgang/<int:pk>/senden/", outbox.SendAgain.as_view(), name="send_again"),
    path("intern/ausdruck/<uuid:pk>/", printouts.PrintoutPage.as_view(), name="printout"),
    path(
        "intern/ausdruck/<uuid:pk>/datei/", printouts.PrintoutFile.as_view(), name="printout_file"
    ),
    path(
        "intern/ausdruck/<uuid:pk>/noch-einmal/",
        printouts.RetryPrintout.as_view(),
        name="retry_printout",
    ),
    path("intern/verwaltung/", people.People.as_view(), name="people"),
    path("intern/verwaltung/loeschprotokoll/", deletions.Deletions.as_view(), name="deletions"),
    path("intern/verwaltung/einladen/", people.InvitePerson.as_view(), name="invite_person"),
    path(
        "intern/verwaltung/anbieterangaben/",
        legal_desk.EditLegalNotice.as_view(),
        name="edit_legal_notice",
    ),
    path(
        "intern/verwaltung/bestellpostfach/",
        legal_desk.EditNotices.as_view(),
        name="edit_programme_notices",
    ),
    path(
        "intern/verwaltung/seiten/<slug:kind>/",
        legal_desk.EditLegalPage.as_view(),
        name="edit_legal_page",
    ),
    path("intern/verwaltung/<int:pk>/", PersonPage.as_view(), name="person"),
    path("intern/verwaltung/<int:pk>/zuordnen/", AssignPerson.as_view(), name="assign_person"),
    path(
        "intern/verwaltung/<int:pk>/standort/<int:row>/beenden/",
        EndAssignment.as_view(),
        name="end_assignment",
    ),
    path(
        "intern/verwaltung/<int:pk>/behoerde/<int:row>/beenden/",
        EndMembership.as_view(),
        name="end_membership",
    ),
    path("intern/verwaltung/<int:pk>/rolle/", people.GrantRole.as_view(), name="grant_role"),
    path(
        "intern/verwaltung/<int:pk>/rolle/<int:grant>/beenden/",
        people.EndRole.as_view(),
        name="end_role",
    ),
    path("intern/verwaltung/<int:pk>/einladen/", people.InviteAgain.as_view(), name="invite_again"),
    path(
        "intern/verwaltung/<int:pk>/deaktivieren/", people.Deactivate.as_view(), name="deactivate"
    ),
    path("intern/verwaltung/<int:pk>/aktivieren/", people.Reactivate.as_view(), name="reactivate"),
    path("intern/pruefung/protokoll/", logbook.Log.as_view(), name="audit_log"),
    path("intern/pruefung/protokoll/pruefen/", logbook.CheckLog.as_view(), name="check_audit_log"),
    path(
        "intern/pruefung/protokoll/tabelle/", logbook.ExportLog.as_view(), name="export_audit_log"
    ),
    path("gesund/", machines.Health.as_view(), name="health"),
    path("favicon.ico", machines.Favicon.as_view(), name="favicon"),
    path("robots.txt", machines.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", machines.SecurityContact.as_view(), name="security_contact"),
]

programme_pages = [*ground_pages, *funding.pages, *drawdowns.pages, *inspections.pages]

urlpatterns = [
    path("", include("programme.dashboard.urls")),
    path("", include((programme_pages, "programme"))),
    path("", include("network.urls")),
    path("", include("sites.urls")),
    path("", include("publications.urls")),
    path("konto/", include("allauth.urls")),
]

handler400 = "programme.views.errors.bad_request"
handler403 = "programme.views.errors.permission_denied"
handler404 = "programme.views.errors.not_found"
handler429 = "programme.views.errors.too_many_requests"
handler500 = "programme.views.errors.server_error"
