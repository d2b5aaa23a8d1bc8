"""Addresses of the indicators: what is measured, entered, compared."""

from django.urls import path

from sites.views import comparisons, indicator_files, indicators

SITE = "intern/standorte/<slug:slug>"
pages = [
    path("standorte/vergleich/", comparisons.PublicCompare.as_view(), name="public_compare"),
    path("intern/standorte/vergleich/", comparisons.Compare.as_view(), name="compare"),
    path(
        "intern/standorte/vergleich.<str:kind>",
        comparisons.CompareFile.as_view(),
        name="compare_file",
    ),
    path(f"{SITE}/kennzahlen/", indicators.SiteIndicators.as_view(), name="indicators"),
    path(f"{SITE}/kennzahlen/neu/", indicators.AddIndicator.as_view(), name="add_indicator"),
    path(
        f"{SITE}/kennzahlen/erinnern/",
        indicators.NudgeIndicators.as_view(),
        name="nudge_indicators",
    ),
    path(
        f"{SITE}/kennzahlen.<str:kind>",
        indicator_files.IndicatorsFile.as_view(),
        name="indicators_file",
    ),
    path(
        f"{SITE}/kennzahlen/datei/",
        indicator_files.ImportIndicators.as_view(),
        name="import_indicators",
    ),
    path(
        f"{SITE}/kennzahlen/datei/uebernehmen/",
        indicator_files.ConfirmIndicators.as_view(),
        name="confirm_indicators",
    ),
    path(
        f"{SITE}/kennzahlen/<int:pk>/freigabe/",
        indicators.ReleaseIndicator.as_view(),
        name="release_indicator",
    ),
    path(
        f"{SITE}/kennzahlen/eingabe/<str:phase>/",
        indicators.EnterIndicators.as_view(),
        name="enter_indicators",
    ),
]
