"""Addresses of the indicators: what is measured, entered, compared."""

from django.urls import path

from sites.views import comparisons, indicator_details, indicator_files, indicator_gaps, indicators

SITE = "intern/standorte/<slug:slug>"
VALUE = f"{SITE}/kennzahlen/wert/<int:pk>"
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
        f"{SITE}/kennzahlen-einzeln.<str:kind>",
        indicator_files.IndicatorDetailsFile.as_view(),
        name="indicator_details_file",
    ),
    path(
        "intern/standorte/fehlende-werte/",
        indicator_gaps.MissingValues.as_view(),
        name="missing_values",
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
    path(
        f"{SITE}/kennzahlen/<int:pk>/definition/",
        indicator_details.RedefineIndicator.as_view(),
        name="redefine_indicator",
    ),
    path(f"{VALUE}/", indicator_details.ShowIndicatorValue.as_view(), name="indicator_value"),
    path(f"{VALUE}/messungen/", indicator_details.EditReadings.as_view(), name="edit_readings"),
    path(f"{VALUE}/gruppen/", indicator_details.EditGroups.as_view(), name="edit_groups"),
    path(f"{VALUE}/nachweise/neu/", indicator_details.AddEvidence.as_view(), name="add_evidence"),
    path(
        f"{VALUE}/nachweise/<int:file>/",
        indicator_details.EvidenceFile.as_view(),
        name="evidence_file",
    ),
    path(
        f"{VALUE}/nachweise/<int:file>/loeschen/",
        indicator_details.RemoveEvidence.as_view(),
        name="remove_evidence",
    ),
]
