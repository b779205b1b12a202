"""“What if”: two states of the law over real people and collectives, the lists behind each figure, one side by side."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.commendations.law_forms import TrialForm
from thidua.commendations.models import Trial
from thidua.commendations.problems import LawRefusedError, told
from thidua.commendations.selectors.drafts import drafts_of
from thidua.commendations.selectors.known_law import (
    known_lines,
    rests_on_unsure,
    sides_if_any,
    unsure_movements,
)
from thidua.commendations.selectors.packs import PackLine, packs_on
from thidua.commendations.selectors.side_by_side import Comparer
from thidua.commendations.selectors.what_if import (
    CHANGED,
    Movement,
    awards_for,
    is_outdated,
    last_rated_year,
    lines_of,
    listed,
    listed_across,
    shown_trials,
    sides_of,
)
from thidua.commendations.services.trials import Asked, ask_again, begin_trial, delete_trial
from thidua.commendations.tasks import begin
from thidua.commendations.views.answers import refuse, sentences
from thidua.commendations.views.trial_rows import agrees, knows_sensitive, named, rows_of, visible
from thidua.commendations.wording import ANSWERS_MEAN, MARKS, MOVEMENTS, OUTCOMES
from thidua.core.eligibility.reading_aloud import capital
from thidua.core.law.yamltext import FileProblemsError
from thidua.honours.catalogue import label_of
from thidua.organisations.permissions import may, require, scope_of
from thidua.organisations.views.answers import actor_of, refusal, units_allowing
from thidua.organisations.views.people import with_unit_named
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.parts import pager_of
from thidua.ui.rendering import is_fragment, page
from thidua.ui.stretches import sort_asked, stretch_of

SIZE = 50
SHOWN_CHANGES = 4


# -- asking ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the question and the reader's own trials; make a trial of what is sent."""
    if not scope_of(request.user).allows_somewhere("view"):
        raise refusal(request, "view")
    owner = actor_of(request)
    units = units_allowing(request, "view")
    given = with_unit_named(request.GET, request)
    form = TrialForm(
        request.POST or None, initial=first_question(units, given), units=units, drafts=drafts_of(owner)
    )
    if form.is_valid():
        try:
            trial = begin_trial(owner, asked_of(form.cleaned_data))
        except LawRefusedError as error:
            for sentence in sentences(error):
                form.add_error(None, sentence)
        else:
            begin(trial)
            return redirect("commendations:trial", pk=trial.pk)
    context = {"form": form, "trials": shown_trials(owner), "states": TRIAL_STATES, "presets": presets()}
    return page(request, "commendations/what_if.html", context)


def presets() -> list[tuple[PackLine, date]]:
    """Return the latest changes of law, each with its eve."""
    lines = packs_on(today())[-SHOWN_CHANGES:]
    return [(line, line.pack.in_force_from - timedelta(days=1)) for line in reversed(lines)]


TRIAL_STATES = {"waiting": "in_work", "done": "done", "failed": "due_soon"}


def first_question(units: Any, given: Any) -> dict[str, Any]:
    """Return what the form begins with: the widest unit, today, and the last year that was rated."""
    unit = units.select_related("parent", "root").order_by("depth", "sort_key").first()
    label = TrialForm.base_fields["unit"].label_of(unit) if unit else ""  # type: ignore[attr-defined]  # a UnitField
    return {
        "unit": given.get("unit") or label,
        "kind": given.get("kind") or Trial.Kind.INDIVIDUAL,
        "draft": given.get("draft"),
        "before_on": day_in(given, "before_on"),
        "after_on": day_in(given, "after_on"),
        "year": last_rated_year(unit.root, today()) if unit else today().year,
    }


def day_in(given: Any, name: str) -> date:
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError:
        return today()


def asked_of(given: dict[str, Any]) -> Asked:
    return Asked(
        unit=given["unit"],
        before_on=given["before_on"],
        after_on=given["after_on"],
        year=given["year"],
        awards=given["awards"] or awards_for(given["kind"]),
        draft=given["draft"],
        kind=given["kind"],
    )


# -- the table ---------------------------------------------------------------------------------------


@require_GET
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = trial_in_sight(request, pk)
    if not may_know(request, row):
        return page(request, "commendations/trial_withheld.html", {"trial": row}, status=403)
    lines = lines_of(row)
    known = known_lines(lines, sides_if_any(row), row.kind)
    context = {
        **shared(row),
        "lines": known,
        "unsure": unsure_movements(known),
        "totals": {movement: sum(line.moved[movement] for line in lines) for movement in Movement},
        "may_export": may(request.user, "export", row.unit),
    }
    answer = page(request, "commendations/trial.html", context, block="progress")
    if is_fragment(request) and row.state != Trial.State.WAITING:
        answer["HX-Refresh"] = "true"  # what stands around the table depends on it too
    return answer


def shared(row: Trial) -> dict[str, Any]:
    return {
        "trial": row,
        "movements": MOVEMENTS,
        "label_of": label_of,
        "states": TRIAL_STATES,
        "outdated": is_outdated(row),
        "outcomes": OUTCOMES,
        "legend": ANSWERS_MEAN,
        "today": today(),
    }


@require_GET
def subjects(request: HttpRequest, pk: UUID, award: str) -> HttpResponse:
    """List the people or collectives behind one figure of the table, each with why."""
    row = done_trial(request, pk, award)
    chosen = request.GET.get("movement", "")
    movement = Movement(chosen) if chosen in set(Movement) else None
    side = request.GET.get("may", "")
    found = listed(row, award, *([movement] if movement else []), may=side)
    sort = sort_asked(request.GET)
    found = found.reversed() if sort == "-name" else found
    shown = stretch_of(request.GET, len(found), SIZE, found.part)
    try:
        sides = sides_of(row)
    except FileProblemsError as error:
        return no_longer(request, row, error)
    rows = rows_of(request, row, shown.rows, sides)
    context = {
        **shared(row),
        "award": award,
        "movement": movement,
        "side": side,
        "rows": rows,
        "sort": sort,
        "kept_back": len(shown.rows) - len(rows),
        "pager": pager_of(request.GET, shown, SIZE, sizes=(SIZE,)),
        "is_unsure": rests_on_unsure(award, sides, row.kind),
    }
    return page(request, "commendations/trial_subjects.html", context, block="list")


@require_GET
def across(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List everybody of one movement, or of all that changed something, award by award."""
    row = done_trial(request, pk)
    chosen = request.GET.get("movement", "")
    movement = Movement(chosen) if chosen in set(CHANGED) else None
    found = listed_across(row, *([movement] if movement else CHANGED))
    shown = stretch_of(request.GET, len(found), SIZE, found.part)
    try:
        sides = sides_of(row)
    except FileProblemsError as error:
        return no_longer(request, row, error)
    rows = rows_of(request, row, shown.rows, sides)
    context = {
        **shared(row),
        "changes": {name: MOVEMENTS[name] for name in CHANGED},
        "movement": movement,
        "rows": rows,
        "kept_back": len(shown.rows) - len(rows),
        "pager": pager_of(request.GET, shown, SIZE, sizes=(SIZE,)),
    }
    return page(request, "commendations/trial_across.html", context, block="list")


# -- one person or collective ------------------------------------------------------------------------


@require_GET
def subject(request: HttpRequest, pk: UUID, subject_id: UUID, award: str) -> HttpResponse:
    """Lay the two verdicts about one person or collective side by side."""
    row = done_trial(request, pk, award)
    moved = listed(row, award).of(subject_id)
    asked = visible(request, row, [moved]).get(subject_id) if moved else None
    if moved is None or asked is None:
        raise Http404
    knows = knows_sensitive(request, asked)
    try:
        compared = Comparer(row, [asked], sides_of(row)).compare(asked, award, knows_sensitive=knows)
    except FileProblemsError as error:
        return no_longer(request, row, error)
    context = {
        **shared(row),
        "award": award,
        "asked": named(asked),
        "before": OUTCOMES[compared.before.verdict.outcome],
        "after": OUTCOMES[compared.after.verdict.outcome],
        "compared": compared,
        "kept": None if agrees(compared, moved) else moved,
        "marks": MARKS,
        "words": lambda message: message.in_words(_),
        "capital": capital,
        "money": (compared.before.verdict.money, compared.after.verdict.money),
        "keeps_back": any(pack.has_hidden for pack in (*compared.before.packs, *compared.after.packs)),
    }
    return page(request, "commendations/trial_subject.html", context)


# -- away ------------------------------------------------------------------------------------


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the same once more: after a failure, or because rules or records have changed."""
    row = trial_in_sight(request, pk)
    try:
        begin(ask_again(actor_of(request), row))
    except LawRefusedError as error:
        refuse(request, error)
    return redirect("commendations:trial", pk=pk)


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own_trial(request, pk)
    delete_trial(actor_of(request), row)
    say_done(request, _("Đã xóa lần thử."))
    return redirect("commendations:what_if")


def no_longer(request: HttpRequest, row: Trial, error: FileProblemsError) -> HttpResponse:
    """Say that the draft no longer fits the law of today; the kept figures stay."""
    problems = [told(problem) for problem in error.problems]
    return page(request, "commendations/trial_unfit.html", {**shared(row), "problems": problems})


def own_trial(request: HttpRequest, pk: UUID) -> Trial:
    """Return a trial of the reader's own. Raises Http404."""
    row = Trial.objects.filter(owner=actor_of(request), pk=pk).select_related("unit__root", "draft").first()
    if row is None:
        raise Http404
    return row


def trial_in_sight(request: HttpRequest, pk: UUID) -> Trial:
    """Return a trial of the reader's own over a unit that may still be seen. Raises Http404."""
    row = own_trial(request, pk)
    if not may(request.user, "view", row.unit):
        raise Http404
    return row


def trial_asked(request: HttpRequest, pk: UUID) -> Trial:
    """Return such a trial to be read. Raises Http404; PermissionNeeded where it rests on what may not be known."""
    row = trial_in_sight(request, pk)
    if not may_know(request, row):
        require(request.user, "view_sensitive", row.unit)
    return row


def may_know(request: HttpRequest, row: Trial) -> bool:
    """Say whether the reader may, today, know all the trial rests on."""
    return row.without_sensitive or may(request.user, "view_sensitive", row.unit)


def done_trial(request: HttpRequest, pk: UUID, award: str = "") -> Trial:
    row = trial_asked(request, pk)
    if row.state != Trial.State.DONE or (award and award not in row.awards):
        raise Http404
    return row
