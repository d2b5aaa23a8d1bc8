"""Addresses of the floor sites."""

from django.urls import path

from sites.urls import contributions, figures, goals, records
from sites.views import (
    applications,
    calls,
    coaching,
    coaching_answers,
    coaching_changes,
    members,
    phases,
    practice,
    practice_desk,
    public,
    site_files,
    workspace,
)

app_name = "sites"
SITE = "intern/standorte/<slug:slug>"
CALL = "intern/aufrufe/<slug:slug>"
APPLICATION = "intern/bewerbungen/<int:pk>"
application_pages = [
    path("aufruf/<slug:slug>/", calls.PublicCall.as_view(), name="call"),
    path("intern/aufrufe/", calls.Calls.as_view(), name="calls"),
    path("intern/aufrufe/neu/", calls.CreateCall.as_view(), name="create_call"),
    path(f"{CALL}/", calls.CallDesk.as_view(), name="call_desk"),
    path(f"{CALL}/bearbeiten/", calls.EditCall.as_view(), name="edit_call"),
    path(f"{CALL}/kriterien/neu/", calls.AddCriterion.as_view(), name="add_criterion"),
    path(f"{CALL}/kriterien/<int:pk>/", calls.EditCriterion.as_view(), name="edit_criterion"),
    path(
        f"{CALL}/kriterien/<int:pk>/entfernen/",
        calls.RemoveCriterion.as_view(),
        name="remove_criterion",
    ),
    path(f"{CALL}/vermerk/", calls.PrintDecisions.as_view(), name="print_decisions"),
    path(f"{CALL}/umschalten/", calls.SwitchCall.as_view(), name="switch_call"),
    path(f"{CALL}/bewerbung/<slug:office>/", applications.Apply.as_view(), name="apply"),
    path("intern/bewerbungen/", applications.MyApplications.as_view(), name="my_applications"),
    path(f"{APPLICATION}/", applications.ShowApplication.as_view(), name="application"),
    path(
        f"{APPLICATION}/bewerten/",
        applications.ScoreApplication.as_view(),
        name="score_application",
    ),
    path(
        f"{APPLICATION}/entscheiden/",
        applications.DecideApplication.as_view(),
        name="decide_application",
    ),
]
life_pages = [
    path("intern/standorte/stand/", phases.Progress.as_view(), name="progress"),
    path(f"{SITE}/phasen/", phases.SitePhases.as_view(), name="site_phases"),
    path(f"{SITE}/phasen/<slug:phase>/", phases.EditPhase.as_view(), name="edit_phase"),
    path(f"{SITE}/akte/", site_files.SiteFile.as_view(), name="site_file"),
    path(f"{SITE}/akte/beginnen/", site_files.BeginSite.as_view(), name="begin_site"),
    path(f"{SITE}/akte/abschliessen/", site_files.CompleteSite.as_view(), name="complete_site"),
    path(f"{SITE}/akte/ausscheiden/", site_files.WithdrawSite.as_view(), name="withdraw_site"),
    path(
        f"{SITE}/akte/personen/neu/", site_files.AddSiteContact.as_view(), name="add_site_contact"
    ),
    path(
        f"{SITE}/akte/personen/<int:pk>/",
        site_files.EditSiteContact.as_view(),
        name="edit_site_contact",
    ),
    path(
        f"{SITE}/akte/personen/<int:pk>/loeschen/",
        site_files.RemoveSiteContact.as_view(),
        name="remove_site_contact",
    ),
    path(f"{SITE}/akte/vereinbarung/neu/", site_files.AddAgreement.as_view(), name="add_agreement"),
    path(
        f"{SITE}/akte/vereinbarung/<int:pk>/",
        site_files.AgreementFile.as_view(),
        name="agreement_file",
    ),
]
urlpatterns = [
    *figures.pages,
    *goals.pages,
    *records.pages,
    *contributions.pages,
    *application_pages,
    *life_pages,
    path("standorte/", public.PublicSites.as_view(), name="sites"),
    path("standorte/<slug:slug>/", public.PublicSite.as_view(), name="site"),
    path("praxis/", practice.PracticeCards.as_view(), name="practice_cards"),
    path("praxis/<slug:slug>/", practice.ShowCard.as_view(), name="practice_card"),
    path("praxis/<slug:slug>/probieren/", practice.TryCard.as_view(), name="try_card"),
    path("praxis/<slug:slug>/doch-nicht/", practice.GiveUpCard.as_view(), name="give_up_card"),
    path(
        "praxis/rueckmeldung/<str:token>/",
        practice.AnswerAdoption.as_view(),
        name="adoption_answer",
    ),
    path("intern/meine-stelle/", members.MyOffice.as_view(), name="my_office"),
    path("intern/netzwerk/wissen/", members.Knowledge.as_view(), name="knowledge"),
    path("intern/praxis/", practice.Adoptions.as_view(), name="adoptions"),
    path(
        "intern/standorte/<slug:slug>/massnahmen/<int:pk>/baustein/",
        practice_desk.MakeCard.as_view(),
        name="make_card",
    ),
    path(
        "intern/standorte/<slug:slug>/bausteine/<int:pk>/",
        practice_desk.EditCard.as_view(),
        name="edit_card",
    ),
    path("intern/standorte/", workspace.WorkspaceSites.as_view(), name="workspace"),
    path("intern/standorte/<slug:slug>/", workspace.WorkspaceSite.as_view(), name="workspace_site"),
    path(
        "intern/standorte/<slug:slug>/massnahmen/neu/",
        workspace.AddMeasure.as_view(),
        name="add_measure",
    ),
    path(
        "intern/standorte/<slug:slug>/massnahmen/<int:pk>/",
        workspace.EditMeasure.as_view(),
        name="edit_measure",
    ),
    path("intern/begleittage/", coaching.CoachingDays.as_view(), name="coaching_days"),
    path("intern/begleittage/neu/", coaching.NewCoachingDay.as_view(), name="new_coaching_day"),
    path(
        "intern/begleittage/uebertragen/",
        coaching.SyncCoachingDay.as_view(),
        name="sync_coaching_day",
    ),
    path("intern/begleittage/entwurf/", coaching.KeepDayDraft.as_view(), name="keep_day_draft"),
    path(
        "intern/begleittage/entwurf/<uuid:key>/verwerfen/",
        coaching.DiscardDayDraft.as_view(),
        name="discard_day_draft",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/neu/",
        coaching.LogCoachingDay.as_view(),
        name="log_coaching_day",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/vereinbart/",
        coaching_answers.CoachingBudget.as_view(),
        name="coaching_budget",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/<int:pk>/",
        coaching_answers.ShowCoachingDay.as_view(),
        name="coaching_day",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/<int:pk>/bearbeiten/",
        coaching_changes.EditCoachingDay.as_view(),
        name="edit_coaching_day",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/<int:pk>/korrektur/",
        coaching_changes.CorrectCoachingDay.as_view(),
        name="correct_coaching_day",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/<int:pk>/antwort/",
        coaching_answers.AnswerCoachingDay.as_view(),
        name="answer_coaching_day",
    ),
    path(
        "intern/standorte/<slug:slug>/begleittage/<int:pk>/foto/",
        coaching_answers.CoachingPhotoFile.as_view(),
        name="coaching_photo",
    ),
    path(
        "intern/standorte/<slug:slug>/schritte/",
        coaching_answers.NextSteps.as_view(),
        name="next_steps",
    ),
    path(
        "intern/standorte/<slug:slug>/schritte/<int:pk>/",
        coaching_answers.SettleStep.as_view(),
        name="settle_step",
    ),
    path(
        "standort-bestaetigung/<str:token>/",
        coaching_answers.ConfirmCoachingDay.as_view(),
        name="confirm_coaching_day",
    ),
]
