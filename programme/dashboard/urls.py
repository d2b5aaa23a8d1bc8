"""Roof: the home page and the workspace start page, which need every floor."""

from django.urls import path

from programme.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("intern/", views.Start.as_view(), name="start"),
]
