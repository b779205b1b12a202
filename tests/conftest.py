"""What every test may ask for."""

import os

import pytest

from thidua.records.days import HERE


@pytest.fixture(autouse=True)
def _vietnamese():
    """Start each test in Vietnamese: the language of a request otherwise outlives it."""
    from django.utils import translation

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
