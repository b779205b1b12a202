"""The register of open legal matters: what is not verified, not stated, due for a look, or long unread."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.wording import CONFIDENCE, MATTERS
from thidua.core.eligibility.explain import in_own_words
from thidua.core.law.law import shipped_law
from thidua.core.law.matters import Matter, MatterKind, open_matters
from thidua.organisations.permissions import scope_of
from thidua.records.days import today
from thidua.ui.rendering import page


@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    day = today()
    found = open_matters(shipped_law(), today=day)
    groups = [(kind, MATTERS[kind], [one for one in found if one.kind is kind]) for kind in MatterKind]
    context = {
        "groups": [group for group in groups if group[2]],
        "total": len(found),
        "about": about,
        "award_of": award_of,
        "confidence": CONFIDENCE,
        "scope": scope_of(request.user),
    }
    return page(request, "commendations/matters.html", context)


def about(matter: Matter) -> str:
    return in_own_words(matter.label).in_words(_)


def award_of(matter: Matter) -> str:
    """Return the award whose page shows the matter; empty where it is of many."""
    part, _slash, name = matter.file.removesuffix(".yaml").partition("/")
    return name if part == "awards" else ""
