"""Addresses of documents, communication and the course of a site."""

from django.urls import URLPattern

pages: list[URLPattern] = []
