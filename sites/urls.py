"""Addresses of the floor sites."""

from django.urls import path

from sites.views import public, workspace

app_name = "sites"
urlpatterns = [
    path("standorte/", public.PublicSites.as_view(), name="sites"),
    path("standorte/<slug:slug>/", public.PublicSite.as_view(), name="site"),
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
    path(
        "intern/standorte/<slug:slug>/begleittage/neu/",
        workspace.LogCoachingDay.as_view(),
        name="log_coaching_day",
    ),
]
