"""What every test may ask for."""

import os
import shutil

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from thidua.records.days import HERE

REQUIRED = frozenset(os.environ.get("REQUIRE_TOOLS", "").split(","))
# How long an example takes tells of the machine, not of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    """Mark what touches the database, so that it can run again on another one."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker(pytest.mark.database)


def tool(kind, *names):
    """Return the path of the first tool found; skip aloud, or fail where ``REQUIRE_TOOLS`` names ``kind``."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        reason = f"none of {', '.join(names)} is installed"
        if kind in REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def chromium():
    """Return the path of a Chromium, for tests marked ``browser``."""
    return tool("browser", *CHROMIUM)


@pytest.fixture(scope="session")
def pdffonts():
    """Return the path of poppler's pdffonts, for tests marked ``papers``."""
    return tool("papers", "pdffonts")


@pytest.fixture(autouse=True)
def _vietnamese():
    """Start each test in Vietnamese: the language of a request otherwise outlives it."""
    with translation.override("vi"):
        yield


@pytest.fixture(scope="session")
def plans_folder():
    """Return the folder of annotated plans named by THIDUA_PLANS, or skip aloud."""
    folder = os.environ.get("THIDUA_PLANS")
    if not folder:
        pytest.skip("THIDUA_PLANS is not set: no annotated plans to read")
    return folder


@pytest.fixture
def here():
    return HERE
