"""Views whose modules are loaded by their first request, not at the start of everybody's."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Deferred:
    """The view at the dotted path ``view``, for the few pages that need a library slow to load.

    What decorators write on a view (``login_required = False``, ``csrf_exempt``) is not seen through it.
    """

    view: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = import_string(self.view)(request, *args, **kwargs)
        return answer
