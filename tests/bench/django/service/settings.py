"""As a service is run: no debugging, connections that are kept, JSON only, no more middleware than an API needs."""

import json
import os
from pathlib import Path
from urllib.parse import urlsplit

_database = urlsplit(os.environ["RETTEMATCH_BENCH_DATABASE"])

# What ours advises at every booking, so that both send it: the benchmark writes it here.
ADVICE = json.loads(Path(os.environ["RETTEMATCH_BENCH_ADVICE"]).read_text())
# The day on which ours stands still.
TODAY = os.environ["RETTEMATCH_BENCH_TODAY"]

SECRET_KEY = "of a throwaway database"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
ROOT_URLCONF = "service.urls"
WSGI_APPLICATION = "service.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "rest_framework.authtoken",
    "practice",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.path.lstrip("/"),
        "USER": _database.username or "postgres",
        "PASSWORD": _database.password or "",
        "HOST": _database.hostname,
        "PORT": _database.port or 5432,
        "CONN_MAX_AGE": None,
        # Its tables stand beside ours in the same database.
        "OPTIONS": {"options": "-c search_path=django"},
    }
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
