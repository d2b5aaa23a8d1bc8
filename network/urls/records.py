"""Addresses of what remains of a meeting: minutes, material, survey, closing."""

from django.urls import path

from network.views import close_out, downloads, material, minutes, papers, surveys

MEETING = "intern/netzwerk/treffen/<slug:slug>/"
AGREED = "intern/netzwerk/verabredungen/"

record_pages = [
    path(AGREED, minutes.Decisions.as_view(), name="decisions"),
    path(f"{AGREED}<int:pk>/", minutes.SettleDecision.as_view(), name="settle_decision"),
    path(f"{MEETING}niederschrift/", minutes.Minutes.as_view(), name="minutes"),
    path(f"{MEETING}freigabe/", minutes.ReleaseMinutes.as_view(), name="release_minutes"),
    path(f"{MEETING}niederschrift/pdf/", minutes.PrintMinutes.as_view(), name="print_minutes"),
]

FILE = "material/<int:pk>/"

material_pages = [
    path(f"{MEETING}material/", material.Materials.as_view(), name="materials"),
    path(f"{MEETING}{FILE}", material.EditMaterial.as_view(), name="edit_material"),
    path(f"{MEETING}{FILE}freigabe/", material.ReleaseMaterial.as_view(), name="release_material"),
    path(f"{MEETING}{FILE}loeschen/", material.RemoveMaterial.as_view(), name="remove_material"),
]

PAPERS = "intern/netzwerk/unterlagen/"

survey_pages = [
    path(PAPERS, papers.Papers.as_view(), name="papers"),
    path(f"{PAPERS}<slug:slug>/", papers.MeetingPapers.as_view(), name="meeting_papers"),
    path(f"{MEETING}abschluss/", close_out.CloseOut.as_view(), name="close_out"),
    path(f"{MEETING}befragung/", surveys.PlanSurvey.as_view(), name="survey"),
    path(f"{MEETING}befragung/versand/", surveys.SendSurvey.as_view(), name="send_survey"),
    path(f"{MEETING}befragung/antworten.csv", surveys.SurveyTable.as_view(), name="survey_table"),
    path("befragung/danke/", surveys.SurveyThanks.as_view(), name="survey_thanks"),
    path("befragung/<str:token>/", surveys.AnswerSurvey.as_view(), name="answer_survey"),
]

released_pages = [
    path(
        f"netzwerk/treffen/<slug:slug>/{FILE}", downloads.PublicMaterial.as_view(), name="material"
    ),
    path(
        f"anmeldung/<str:token>/{FILE}",
        downloads.ParticipantMaterial.as_view(),
        name="participant_material",
    ),
    path(
        f"intern/netzwerk/unterlagen/<slug:slug>/{FILE}",
        downloads.OfficeMaterial.as_view(),
        name="office_material",
    ),
]

pages = [*record_pages, *material_pages, *survey_pages, *released_pages]
