"""Drafts of law in their owner's store: taken in, shown with what they change, thrown away."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.commendations.law_forms import DraftForm
from thidua.commendations.models import LawDraft
from thidua.commendations.problems import LawRefusedError, told
from thidua.commendations.selectors.drafts import drafts_of, law_under, overlays_of, read_draft
from thidua.commendations.selectors.law_in_force import authority_in, code_of, law_for
from thidua.commendations.selectors.own_rules import authorities_open_to
from thidua.commendations.selectors.previews import award_changes, figure_rows, parts_of
from thidua.commendations.selectors.templates import circular_template
from thidua.commendations.services.drafts import keep_draft, throw_away
from thidua.commendations.views.answers import as_file, content_of, sentences
from thidua.core.law.comparing import figure_changes
from thidua.core.law.drafts import Draft, by_name
from thidua.core.law.law import UnknownNameError, shipped_law
from thidua.core.law.yamltext import FileProblemsError
from thidua.honours.catalogue import label_of
from thidua.organisations.models import Unit
from thidua.organisations.views.answers import actor_of
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.rendering import page

PARTS = {"danh-hieu": "awards", "con-so": "figures", "chung": "general"}


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """List the reader's own drafts, and take a new one in."""
    owner = actor_of(request)
    form, faults = DraftForm(), list[str]()
    if request.method == "POST":
        form = DraftForm(request.POST, request.FILES)
        if form.is_valid():
            uploads = form.cleaned_data["uploads"]
            try:
                given = by_name((file.name or "?", content_of(file)) for file in uploads)
                row = keep_draft(owner, form.cleaned_data["name"], given)
            except (LawRefusedError, FileProblemsError) as error:
                faults = sentences(error)
            else:
                say_done(request, _("Đã giữ dự thảo “%(name)s”. Chỉ mình bạn thấy.") % {"name": row.name})
                return redirect("commendations:draft", pk=row.pk)
    context = {"rows": drafts_of(owner), "form": form, "faults": faults, "figures": figure_files()}
    context["most_files"] = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    return page(request, "commendations/drafts.html", context)


def figure_files() -> list[tuple[str, str]]:
    """Return every figure with its label, so that its file can be fetched and changed."""
    law = shipped_law()
    labels = [(name, _label(dict(law.figure(name).label))) for name in law.figure_names()]
    return sorted(labels, key=lambda pair: pair[1].casefold())


def _label(label: dict[str, str]) -> str:
    return label.get(_("vi"), label["vi"])


@require_GET
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what one draft changes against the law that binds the reader."""
    row = draft_asked(request, pk)
    read = read_draft(row)
    context = {
        "row": row,
        "problems": [told(problem) for problem in read.problems],
        "unused": [told(problem) for problem in read.draft.unused] if read.draft else [],
        "today": today(),
        "label_of": label_of,
    }
    root = authorities_open_to(request.user).first()
    if read.draft and root:
        before, after = law_for(root), law_under(row, root)
        awards = [place[7:-5] for place in read.draft.files if place.startswith("awards/")]
        context |= {
            "root": root,
            "figures": list(figure_rows(figure_changes(before, after, authority_in(after, root)))),
            "awards": award_changes(before, after, awards),
            "texts": [(one, list(parts_of(after, one))) for one in overlays_of(read.draft)],
            **consequences_of(read.draft, root),
        }
    return page(request, "commendations/draft.html", context)


def consequences_of(draft: Draft, root: Unit) -> dict[str, list[str]]:
    """Return the rules the draft leaves looser than itself: those of the reader's authority, and of others."""
    own = [problem for problem in draft.consequences if problem.file.startswith(f"overlays/{code_of(root)}/")]
    others = [problem for problem in draft.consequences if problem not in own]
    return {"own_consequences": list(map(told, own)), "consequences": list(map(told, others))}


@require_POST
def throw(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = draft_asked(request, pk)
    throw_away(actor_of(request), row)
    say_done(request, _("Đã xóa dự thảo “%(name)s” và các lần thử của nó.") % {"name": row.name})
    return redirect("commendations:drafts")


@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    return as_file(circular_template(today()), "thong-tu-du-thao.yaml")


@require_GET
def law_file(_request: HttpRequest, part: str, name: str) -> HttpResponse:
    """Give a file of the law as it is written, to be changed and tried."""
    try:
        return as_file(shipped_law().text_of(PARTS[part], name), f"{name}.yaml")
    except (KeyError, UnknownNameError) as error:
        raise Http404 from error


def draft_asked(request: HttpRequest, pk: UUID) -> LawDraft:
    """Return one of the reader's own drafts. Raises Http404."""
    row = drafts_of(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
