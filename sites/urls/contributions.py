"""Addresses of what the sites write for the report."""

from django.urls import URLPattern

pages: list[URLPattern] = []
