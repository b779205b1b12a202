"""What the views of initiatives share: the row asked for, and how refusals are told."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from thidua.honours.selectors.naming import label_of as name_and_post
from thidua.initiatives.models import Initiative
from thidua.initiatives.permissions import visible
from thidua.initiatives.problems import InitiativeRefusedError
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, may_see_birth_date, scope_of
from thidua.organisations.views.answers import changed_sentence
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.errors import PermissionNeeded


def initiative_asked(request: HttpRequest, pk: UUID) -> Initiative:
    """Return an initiative the reader may see; Http404 hides the others."""
    rows = Initiative.objects.filter(visible(request.user), pk=pk)
    row = rows.select_related("unit", "submitter__record_unit", "council__unit", "decision").first()
    if row is None:
        raise Http404
    return row


def person_of(request: HttpRequest) -> Person:
    """Return the person who is signed in. Raises PermissionNeeded for an account that is nobody's."""
    own = scope_of(request.user).person_id
    person = Person.objects.select_related("record_unit").filter(pk=own).first() if own else None
    if person is None or person.record_unit is None:
        raise PermissionNeeded(_("Tài khoản này không gắn với cá nhân nào nên không nộp được sáng kiến."))
    return person


def named(user: User, person: Person) -> str:
    """Name an author so that a form knows him again; the staff code only to who may read it."""
    if person.staff_code and may_see_birth_date(user, person):
        return f"{person.full_name} ({person.staff_code})"
    return name_and_post(person)


def refuse_access(unit: object) -> PermissionNeeded:
    return PermissionNeeded(_("Việc này thuộc về %(unit)s.") % {"unit": unit}, granted_by=[str(unit)])


def show_refusal(form: forms.BaseForm, error: InitiativeRefusedError | ChangedMeanwhileError) -> None:
    """Put every reason into the form's summary."""
    if isinstance(error, ChangedMeanwhileError):
        form.add_error(None, changed_sentence(error))
        return
    for problem in error.problems:
        form.add_error(None, problem.text())
