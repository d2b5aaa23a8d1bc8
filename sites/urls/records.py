"""Addresses of documents, communication and the course of a site."""

from django.urls import path

from sites.views import documents

SITE = "intern/standorte/<slug:slug>"
DOCUMENT = f"{SITE}/unterlagen/<int:pk>"
pages = [
    path(f"{SITE}/unterlagen/", documents.Documents.as_view(), name="documents"),
    path(f"{SITE}/unterlagen/neu/", documents.AddDocument.as_view(), name="add_document"),
    path(f"{DOCUMENT}/", documents.ShowDocument.as_view(), name="document"),
    path(f"{DOCUMENT}/bearbeiten/", documents.EditDocument.as_view(), name="edit_document"),
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
]
