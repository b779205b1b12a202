"""The rules themselves: the list of awards and one page each, as of any day."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thidua.commendations.permissions import keeps_rules_somewhere
from thidua.commendations.selectors.own_rules import authorities_open_to
from thidua.commendations.selectors.packs import (
    PackLine,
    awards_on,
    changes_with,
    family_of,
    packs_on,
    texts_within,
)
from thidua.commendations.selectors.previews import OwnSection, own_sections
from thidua.commendations.selectors.rereadings import last_read, last_reads, rereadings_of
from thidua.commendations.selectors.rules import rules_of
from thidua.commendations.wording import CONFIDENCE, RULES_MEAN
from thidua.core.law.awards import Version
from thidua.core.law.law import UnknownNameError
from thidua.honours.catalogue import catalogue
from thidua.honours.models import Honour
from thidua.organisations.models import Unit
from thidua.organisations.permissions import scope_of
from thidua.organisations.views.answers import day_asked
from thidua.records.days import today
from thidua.ui.formats import day as written
from thidua.ui.parts import Moment
from thidua.ui.rendering import page


@require_GET
def awards(request: HttpRequest) -> HttpResponse:
    day = day_asked(request)
    context = {
        "day": day,
        "today": today(),
        "groups": awards_on(day),
        "packs": packs_on(day),
        "old": [name for name, read in last_reads(today()).items() if read.is_old or read.is_doubted],
        "entries": catalogue(),
        "kinds": dict(Honour.Kind.choices),
        "may_list": scope_of(request.user).allows_somewhere("view"),
    }
    return page(request, "commendations/awards.html", context)


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the packs from the first to the one to come, and which awards were asked otherwise with each."""
    day = day_asked(request)
    packs = packs_on(day)
    context = {
        "day": day,
        "today": today(),
        "packs": list(reversed([(line, changes_with(line), texts_within(line)) for line in packs])),
        "moments": [_moment_of(line, today()) for line in packs],
        "first": packs[0].pack.in_force_from,
        "last": max(today(), packs[-1].pack.in_force_from),
        "confidence": CONFIDENCE,
    }
    return page(request, "commendations/timeline.html", context)


def _moment_of(line: PackLine, now: date) -> Moment:
    since = line.pack.in_force_from
    state = "waiting" if since > now else "done" if line.until is None or line.until > now else "closed"
    return Moment(f"{line.pack.id} {line.label}", state, day=since)


@require_GET
def award(request: HttpRequest, name: str) -> HttpResponse:
    day = day_asked(request)
    try:
        rules = rules_of(name, day)
    except UnknownNameError as error:
        raise Http404 from error
    context = {
        "day": day,
        "today": today(),
        "entry": catalogue()[name],
        "rules": rules,
        "kinds": dict(Honour.Kind.choices),
        "confidence": CONFIDENCE,
        "legend": RULES_MEAN,
        "read": last_read(name, rereadings_of(name), today()),
        "own": own_sections_for(request, name, day),
        "may_reread": keeps_rules_somewhere(request.user),
        "family": family_of(catalogue()[name]),
        "moments": [_moment(version, rules.version, day) for version in rules.award.versions],
    }
    return page(request, "commendations/award.html", context)


def own_sections_for(request: HttpRequest, award: str, day: date) -> tuple[Unit | None, list[OwnSection]]:
    """Return what the reader's authority asks besides; a reader of several authorities chooses on their page."""
    roots = list(authorities_open_to(request.user)[:2])
    return (roots[0], own_sections(roots[0], award, day)) if len(roots) == 1 else (None, [])


def _moment(version: Version, current: Version | None, day: date) -> Moment:
    since = version.in_force_from
    if version.repealed:
        label, note = _("Hết hiệu lực"), str(version.repealed)
    else:
        label = _("Tiêu chuẩn đang xem") if version is current else _("Tiêu chuẩn từ %s") % written(since)
        note = ", ".join(dict.fromkeys(node.rule.source.text for node in version.nodes))
    state = "done" if version is current else "waiting" if since > day else "closed"
    return Moment(label, state, day=since, note=note, url=f"?as_of={since.isoformat()}")
