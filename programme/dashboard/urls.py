"""Roof: the home page, the programme page and the workspace start page, which need every floor."""

from django.urls import path

from programme.dashboard import sitemap, views

app_name = "dashboard"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("programm/", views.AboutProgramme.as_view(), name="programme"),
    path("sitemap.xml", sitemap.SiteMap.as_view(), name="sitemap"),
    path("intern/", views.Start.as_view(), name="start"),
]
