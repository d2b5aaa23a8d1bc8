"""Addresses of goals, measures and their balance."""

from django.urls import URLPattern

pages: list[URLPattern] = []
