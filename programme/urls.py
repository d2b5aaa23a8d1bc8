"""Addresses of the portal: one line a floor, paths German, names English."""

from django.urls import include, path

urlpatterns = [
    path("", include("programme.dashboard.urls")),
    path("", include("network.urls")),
    path("", include("sites.urls")),
    path("", include("publications.urls")),
    path("konto/", include("allauth.urls")),
]

handler400 = "programme.views.errors.bad_request"
handler403 = "programme.views.errors.permission_denied"
handler404 = "programme.views.errors.not_found"
handler500 = "programme.views.errors.server_error"
