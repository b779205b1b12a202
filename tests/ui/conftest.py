import copy

import pytest
from django.template import engines


@pytest.fixture(autouse=True)
def _look_alone(settings):
    """Serve the look without accounts, database or the other subjects."""
    settings.ROOT_URLCONF = "ui.site"
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MIDDLEWARE = [
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
        "thidua.ui.context.context",
    ]
    settings.TEMPLATES = templates


@pytest.fixture
def env():
    return engines.all()[0].env


@pytest.fixture
def draw(env):
    """Draw a template given as text."""

    def drawn(source, **values):
        return env.from_string(source).render(values)

    return drawn
