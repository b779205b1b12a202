"""What a start loads, and what waits for the first who asks."""

import subprocess
import sys

import pytest
from django.urls import URLPattern, get_resolver
from django.utils.module_loading import import_string

from thidua.ui.deferred import Deferred

LOADED = "import sys, django; django.setup(); import thidua.config.urls; print('polars' in sys.modules)"


def deferred_views(patterns):
    for entry in patterns:
        if not isinstance(entry, URLPattern):
            yield from deferred_views(entry.url_patterns)
        elif isinstance(entry.callback, Deferred):
            yield entry.callback


@pytest.mark.slow
def test_no_page_loads_the_library_of_columns_before_it_is_asked(tmp_path):
    environment = {
        "THIDUA_MODE": "test",
        "THIDUA_DATA": str(tmp_path),
        "THIDUA_SECRET_KEY": "of-a-test",
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, check=True, capture_output=True, text=True
    )

    assert done.stdout == "False\n"


def test_every_view_that_waits_is_there_when_asked():
    views = list(deferred_views(get_resolver().url_patterns))

    assert len(views) == 11
    assert all(callable(import_string(one.view)) for one in views)
