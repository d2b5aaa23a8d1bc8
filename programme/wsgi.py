"""WSGI entry point of the portal."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.settings.prod")

application = get_wsgi_application()
resolve("/")  # reads every page now, not while the first visitor of this process waits
