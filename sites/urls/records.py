"""Addresses of documents, communication and the course of a site."""

from django.urls import path

from sites.views import archive_offers, assignments, communications, documents, history, profiles

SITE = "intern/standorte/<slug:slug>"
DOCUMENT = f"{SITE}/unterlagen/<int:pk>"
pages = [
    path(f"{SITE}/unterlagen/", documents.Documents.as_view(), name="documents"),
    path(f"{SITE}/unterlagen/neu/", documents.AddDocument.as_view(), name="add_document"),
    path(f"{DOCUMENT}/", documents.ShowDocument.as_view(), name="document"),
    path(f"{DOCUMENT}/bearbeiten/", documents.EditDocument.as_view(), name="edit_document"),
    path(
        f"{DOCUMENT}/archiv/",
        archive_offers.NoteArchiveOffer.as_view(),
        name="note_archive_offer",
    ),
    path(
        f"{DOCUMENT}/fassung/neu/",
        documents.AddDocumentVersion.as_view(),
        name="add_document_version",
    ),
    path(
        f"{DOCUMENT}/fassung/<int:number>/",
        documents.DocumentFile.as_view(),
        name="document_file",
    ),
    path(
        "standorte/<slug:slug>/unterlagen/<int:pk>/",
        documents.PublicDocument.as_view(),
        name="public_document",
    ),
    path(f"{SITE}/kontakte/", communications.Communications.as_view(), name="communications"),
    path(
        f"{SITE}/kontakte/neu/",
        communications.AddCommunication.as_view(),
        name="add_communication",
    ),
    path(
        f"{SITE}/kontakte/<int:pk>/",
        communications.EditCommunication.as_view(),
        name="edit_communication",
    ),
    path(
        f"{SITE}/kontakte/<int:pk>/erledigt/",
        communications.SettleCommunication.as_view(),
        name="settle_communication",
    ),
    path(f"{SITE}/verlauf/", history.History.as_view(), name="history"),
    path(f"{SITE}/profil/", profiles.EditProfile.as_view(), name="edit_profile"),
    path(
        f"{SITE}/akte/zuordnung/neu/",
        assignments.AddAssignment.as_view(),
        name="add_assignment",
    ),
    path(
        f"{SITE}/akte/zuordnung/<int:pk>/ende/",
        assignments.EndAssignment.as_view(),
        name="end_assignment",
    ),
]
