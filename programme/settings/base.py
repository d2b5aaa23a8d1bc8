"""Settings shared by all environments; every value that differs comes from the environment."""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

from programme.settings.accounts import *  # noqa: F403  who may log in, and how

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = False
IS_SERVER = False  # programme/checks.py is strict where this is true
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# Address of the portal as it stands in mails and files; never taken from a request (threat T14).
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "programme.apps.ProgrammeConfig",
    "network.apps.NetworkConfig",
    "sites.apps.SitesConfig",
    "publications.apps.PublicationsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django_linear_migrations",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "programme.middleware.refuse_other_methods",
    "programme.middleware.refuse_oversized_forms",
    "programme.middleware.refuse_unreadable_forms",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "programme.kept_pages.KeepPublicPages",
    "programme.middleware.answer_files_at_once",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "programme.middleware.AskToLogIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "programme.middleware.AskForSecondFactor",
    "programme.middleware.never_store_private_pages",
]

ROOT_URLCONF = "programme.urls"
WSGI_APPLICATION = "programme.wsgi.application"
ASGI_APPLICATION = "programme.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programme.context.portal",
            ],
            "builtins": ["programme.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "programme.forms.drawing.PlainInputs"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["kern"]
CRISPY_TEMPLATE_PACK = "kern"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: two writers queue instead of failing with "database is locked" (trap T2).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        ),
    }
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits need a cache that all processes share and whose "add" is atomic.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # room for the turns of many addresses at once
    },
    # Drawn charts, kept by what they show: each process has its own, so none costs a query.
    "drawings": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawings",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # Public pages as they were drawn a moment ago (programme/kept_pages.py).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
# 0 draws every page anew.
PUBLIC_PAGE_SECONDS = env.int("PUBLIC_PAGE_SECONDS", default=10)
# Downloads are counted together so often; 0 counts each at once.
DOWNLOADS_COUNTED_EVERY_SECONDS = 5

CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "programme.views.errors.csrf_failure"

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    ("kern", BASE_DIR / "node_modules/@kern-ux/native/dist"),
    BASE_DIR / "static",
]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Behind nginx: the internal address below which it finds MEDIA_ROOT, for example "/stored/". It
# then sends the files of editions itself. Empty: the portal sends them.
X_ACCEL_PREFIX = env("X_ACCEL_PREFIX", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN's icons are data: images inside its style sheet
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Every mail becomes a row first (programme/outbox.py); the worker hands it to DELIVERY_EMAIL.
EMAIL_BACKEND = "programme.outbox.OutboxBackend"
DELIVERY_EMAIL_URL = env("EMAIL_URL", default="")
DELIVERY_EMAIL = (
    env.email_url_config(DELIVERY_EMAIL_URL) | {"EMAIL_TIMEOUT": 20} if DELIVERY_EMAIL_URL else {}
)
# The mailbox calendar programs answer to (network/services/mailbox.py); empty: nobody looks.
IMAP_URL = env("IMAP_URL", default="")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "documents"]}
}

UPLOAD_MAX_BYTES = 20 * 1024 * 1024

# What a voucher may belong to; named here because the ground floor imports nothing from above.
OCCASIONS = (
    "network.queries.occasion_choices.meetings",
    "sites.queries.occasion_choices.sites",
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"hide_tokens": {"()": "programme.tokens.HideTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_tokens"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Not below ERROR: each dead link of a crawler would be a line.
    "loggers": {"django.request": {"level": "ERROR"}},
}
