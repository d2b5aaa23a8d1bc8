"""Addresses of the floor publications."""

from django.urls import URLPattern, path

from publications.views import editions, manuscripts

app_name = "publications"

INSIDE = "intern/publikationen/"

report_pages: list[URLPattern] = [
    path(INSIDE, manuscripts.Workspace.as_view(), name="workspace"),
    path(f"{INSIDE}<slug:slug>/", manuscripts.Manuscript.as_view(), name="manuscript"),
    path(
        f"{INSIDE}<slug:slug>/zusammenstellen/",
        manuscripts.CompileManuscript.as_view(),
        name="compile",
    ),
    path(
        f"{INSIDE}<slug:slug>/kapitel/<slug:anchor>/text/",
        manuscripts.AddText.as_view(),
        name="add_text",
    ),
    path(
        f"{INSIDE}<slug:slug>/bausteine/<int:pk>/",
        manuscripts.EditBlock.as_view(),
        name="edit_block",
    ),
    path(
        f"{INSIDE}<slug:slug>/bausteine/<int:pk>/ordnen/",
        manuscripts.ArrangeBlock.as_view(),
        name="arrange_block",
    ),
    path(f"{INSIDE}<slug:slug>/veroeffentlichen/", manuscripts.Publish.as_view(), name="publish"),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/",
        editions.EditionProgress.as_view(),
        name="edition_progress",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/stand.json",
        editions.EditionStatusJson.as_view(),
        name="edition_status",
    ),
    path(
        f"{INSIDE}<slug:slug>/ausgaben/<int:number>/erneut/",
        editions.RetryEdition.as_view(),
        name="retry_edition",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>/",
        editions.ReadEdition.as_view(),
        name="edition",
    ),
    path(
        "publikationen/<slug:slug>/<int:number>.pdf",
        editions.EditionPdf.as_view(),
        name="edition_pdf",
    ),
]

urlpatterns: list[URLPattern] = [*report_pages]
