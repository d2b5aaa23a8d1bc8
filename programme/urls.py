"""Addresses of the portal: one line a floor, paths German, names English."""

from django.urls import URLPattern, include, path

from programme.views import barriers, legal, machines

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
    path("gesund/", machines.Health.as_view(), name="health"),
    path("robots.txt", machines.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", machines.SecurityContact.as_view(), name="security_contact"),
]

funding_pages: list[URLPattern] = []

urlpatterns = [
    path("", include("programme.dashboard.urls")),
    path("", include(([*ground_pages, *funding_pages], "programme"))),
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
