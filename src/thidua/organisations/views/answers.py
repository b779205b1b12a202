"""What the views of this subject share: the row asked for, the day asked for, and how refusals are told."""

from datetime import date
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from thidua.accounts.models import Account
from thidua.audit.models import Entry
from thidua.organisations.models import Person, Unit
from thidua.organisations.models.units import UnitQuerySet
from thidua.organisations.permissions import may_open_person, not_allowed, scope_of, visible_units
from thidua.organisations.selectors.units import history_of
from thidua.organisations.wording import what_was_done
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.records.refusals import RefusedError
from thidua.ui.days import read_day
from thidua.ui.errors import PermissionNeeded
from thidua.ui.formats import moment

LONGEST_VERSION = 9  # digits


def version_seen(request: HttpRequest) -> int:
    """Return the version of the row that the page answered was of; 0 fits none."""
    given = request.POST.get("version", "")
    readable = given.isascii() and given.isdigit() and len(given) <= LONGEST_VERSION
    return int(given) if readable else 0


def unit_asked(request: HttpRequest, pk: UUID) -> Unit:
    """Return a unit the reader may see; Http404 hides the others."""
    units = Unit.objects.filter(visible_units(request.user)).select_related("kind", "parent", "root")
    unit = units.filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit


def person_asked(request: HttpRequest, pk: UUID) -> Person:
    """Return a person whose record the reader may open; Http404 hides the others."""
    people = Person.objects.select_related("root", "unit__parent", "unit__root", "record_unit", "account")
    person = people.filter(pk=pk).first()
    if person is None or not may_open_person(request.user, person):
        raise Http404
    return person


def actor_of(request: HttpRequest) -> Account:
    """Return the signed-in account; pages of this subject are open to nobody else."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user


def day_asked(request: HttpRequest) -> date:
    """Return the day the page is to be seen as of; today for none, and for one that is no day: the page says so."""
    return read_day(request.GET.get("as_of", "")) or today()


def acts_on(subject_type: str, pk: UUID) -> list[tuple[Entry, str]]:
    """Return the latest entries of the log about one row, each with what was done in words."""
    return [(entry, what_was_done(entry)) for entry in history_of(subject_type, pk)]


def units_allowing(request: HttpRequest, action: str) -> UnitQuerySet:
    """Return the units of today on which the reader may do ``action``."""
    return Unit.objects.filter(scope_of(request.user).units(action)).existing(today())


def refusal(request: HttpRequest, action: str) -> PermissionNeeded:
    """Return what to raise when no unit at all allows ``action``: the own unit's heads could grant it."""
    unit_id = scope_of(request.user).person_unit_id
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    return not_allowed(action, unit) if unit else PermissionNeeded(_("Bạn chưa được giao vai trò nào."))


def within_export(request: HttpRequest, prefix: str) -> Q:
    """Return the condition on rows the reader may take out, by the unit at ``prefix``. Raises PermissionNeeded."""
    scope = scope_of(request.user)
    if not scope.allows_somewhere("export"):
        raise refusal(request, "export")
    return scope.units("export", prefix=prefix)


def show_refusal(form: forms.BaseForm, error: RefusedError | ChangedMeanwhileError) -> None:
    """Put every reason into the form's summary."""
    if isinstance(error, RefusedError):
        for problem in error.problems:
            form.add_error(None, problem.text())
    else:
        form.add_error(None, changed_sentence(error))


def changed_sentence(error: ChangedMeanwhileError) -> str:
    """Say who changed the row meanwhile and when; what was typed stays in the form."""
    row = error.current
    entries = history_of(row._meta.label_lower, row.pk)
    if not entries:
        return _("Mục này vừa được người khác thay đổi. Mở lại trang để xem bản mới rồi sửa tiếp.")
    facts = {"who": entries[0].actor_name or _("hệ thống"), "when": moment(entries[0].at)}
    return _("Đã được %(who)s xử lý lúc %(when)s. Mở lại trang để xem bản mới rồi sửa tiếp.") % facts
