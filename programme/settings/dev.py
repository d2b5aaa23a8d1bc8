"""A newcomer's machine: `make run`. No HTTPS, no secrets, mails stay in the outbox."""

from programme.settings.base import *  # noqa: F403  a settings layer adds to the one below
from programme.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="only-for-a-newcomers-machine-never-for-a-server")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
