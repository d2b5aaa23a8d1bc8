"""Addresses of what the sites write for the report."""

from django.urls import path

from sites.views import contribution_desk, contributions

DESK = "intern/standorte/beitraege"
PART = "intern/standorte/<slug:slug>/beitrag"
pages = [
    path(f"{DESK}/", contribution_desk.Contributions.as_view(), name="contributions"),
    path(
        f"{DESK}/frist/",
        contribution_desk.SetContributionsDue.as_view(),
        name="set_contributions_due",
    ),
    path(
        f"{DESK}/erinnern/",
        contribution_desk.RemindContributions.as_view(),
        name="remind_contributions",
    ),
    path(f"{PART}/", contributions.ShowContribution.as_view(), name="contribution"),
    path(
        f"{PART}/schreiben/", contributions.WriteContribution.as_view(), name="write_contribution"
    ),
    path(f"{PART}/entwurf/", contributions.KeepContribution.as_view(), name="keep_contribution"),
    path(
        f"{PART}/anmerken/<slug:part>/",
        contributions.CommentContribution.as_view(),
        name="comment_contribution",
    ),
    path(
        f"{PART}/anmerkungen/<int:pk>/erledigt/",
        contributions.SettleComment.as_view(),
        name="settle_comment",
    ),
    path(
        f"{PART}/fassungen/<int:number>/",
        contributions.ShowVersion.as_view(),
        name="contribution_version",
    ),
    path(f"{PART}/freigeben/", contributions.SignContribution.as_view(), name="sign_contribution"),
    path(
        f"{PART}/zurueckgeben/",
        contributions.ReturnContribution.as_view(),
        name="return_contribution",
    ),
]
