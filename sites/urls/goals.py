"""Addresses of goals, measures and their balance."""

from django.urls import path

from sites.views import balance, goals, measures

SITE = "intern/standorte/<slug:slug>"
pages = [
    path("standorte/aufgaben/", balance.PublicBalance.as_view(), name="balance"),
    path(f"{SITE}/ziele/", goals.Goals.as_view(), name="goals"),
    path(f"{SITE}/ziele/neu/", goals.AddGoal.as_view(), name="add_goal"),
    path(f"{SITE}/ziele/<int:pk>/", goals.EditGoal.as_view(), name="edit_goal"),
    path(f"{SITE}/massnahmen/<int:pk>/verlauf/", measures.ShowMeasure.as_view(), name="measure"),
    path(f"{SITE}/massnahmen/<int:pk>/stand/", measures.StepMeasure.as_view(), name="step_measure"),
    path(f"{SITE}/monat/", measures.MonthlyUpdate.as_view(), name="monthly_update"),
]
