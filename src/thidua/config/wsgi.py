"""The web server's way in."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

YOUNG = 10_000  # objects between two looks at the young ones: some 3 ms, spread over eight pages

gc.disable()  # until ``settle``: what is loaded stays, looking through it again and again only slows the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load every page, then keep the collector from walking what lives as long as the process.

    That is half a million objects; one full collection over them takes longer than most pages.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
    gc.enable()


settle()
