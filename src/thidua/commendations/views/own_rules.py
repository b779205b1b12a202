"""An authority's own rules: what is in force, what was uploaded, what a text changes; the acts on it."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.commendations.law_forms import RulesFileForm, WithdrawalForm
from thidua.commendations.models import OwnRules
from thidua.commendations.permissions import may_keep_rules, require_keeping
from thidua.commendations.problems import LawRefusedError, told
from thidua.commendations.selectors.law_in_force import code_of
from thidua.commendations.selectors.own_rules import (
    as_authorities,
    authorities_open_to,
    broken_texts,
    is_unsure,
    shipped_texts,
    uploaded_texts,
)
from thidua.commendations.selectors.previews import preview_of
from thidua.commendations.selectors.templates import overlay_template
from thidua.commendations.services.drafts import keep_draft
from thidua.commendations.services.own_rules import discard, put_in_force, upload, withdraw
from thidua.commendations.views.answers import as_file, content_of, refuse
from thidua.commendations.wording import CONFIDENCE, RULE_STATES
from thidua.core.law.drafts import ENDINGS
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import FileProblemsError
from thidua.organisations.models import Unit
from thidua.organisations.views.answers import actor_of, version_seen
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError
from thidua.ui.flash import say_done
from thidua.ui.parts import pager_of
from thidua.ui.rendering import page
from thidua.ui.stretches import stretch_of

SIZE = 50


@require_GET
def authorities(request: HttpRequest) -> HttpResponse:
    """Show the authorities whose rules the reader may see; the only one at once."""
    roots = authorities_open_to(request.user)
    total = roots.count()
    if total == 1:
        return redirect("commendations:own_rules", pk=roots.get().pk)
    shown = stretch_of(
        request.GET, total, SIZE, lambda start, size: as_authorities(roots[start : start + size])
    )
    context = {"rows": shown.rows, "pager": pager_of(request.GET, shown, SIZE, sizes=(SIZE,))}
    return page(request, "commendations/authorities.html", context, block="list")


@require_http_methods(["GET", "POST"])
def own_rules(request: HttpRequest, pk: UUID) -> HttpResponse:
    """List an authority's texts, and take a new one in."""
    root = root_asked(request, pk)
    form = RulesFileForm()
    faults: list[str] = []
    if request.method == "POST":
        require_keeping(request.user, root)
        form = RulesFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                row = upload(actor_of(request), root, file.name or "", content_of(file))
            except FileProblemsError as error:
                faults = [told(problem) for problem in error.problems]
            else:
                say_done(request, _("Tệp đúng mẫu. Xem những gì sẽ thay đổi rồi mới áp dụng."))
                return redirect("commendations:own_rules_text", pk=row.pk)
    rows = list(uploaded_texts(root))
    context = {
        "root": root,
        "code": code_of(root),
        "shipped": shipped_texts(root, today()),
        "rows": rows,
        "broken": {name: list(map(told, found)) for name, found in broken_texts(rows).items()},
        "may_keep": may_keep_rules(request.user, root),
        "form": form,
        "faults": faults,
        "states": RULE_STATES,
        "today": today(),
    }
    return page(request, "commendations/own_rules.html", context)


@require_GET
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what one uploaded text changes, and who did what with it."""
    row = text_asked(request, pk)
    return shown(request, row, WithdrawalForm(initial={"version": row.version}))


def shown(request: HttpRequest, row: OwnRules, form: WithdrawalForm) -> HttpResponse:
    preview = preview_of(row)
    context = {
        "row": row,
        "preview": preview,
        "problems": [told(problem) for problem in preview.problems],
        "is_unsure": is_unsure(preview.overlay),
        "may_keep": may_keep_rules(request.user, row.root),
        "form": form,
        "states": RULE_STATES,
        "confidence": CONFIDENCE,
        "today": today(),
    }
    return page(request, "commendations/own_rules_text.html", context)


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = changeable(request, pk)
    try:
        put_in_force(actor_of(request), row, version=version_seen(request), confirmed_from=day_named(request))
    except (LawRefusedError, FileProblemsError, ChangedMeanwhileError) as error:
        refuse(request, error)
    else:
        facts = {"text": row.symbol, "day": row.in_force_from.strftime("%d/%m/%Y")}
        say_done(request, _("Đã áp dụng %(text)s cho mọi lần xét từ ngày %(day)s.") % facts)
    return redirect("commendations:own_rules_text", pk=pk)


def day_named(request: HttpRequest) -> date | None:
    """Return the past day the reader confirmed."""
    try:
        return date.fromisoformat(request.POST.get("from_day", ""))
    except ValueError:
        return None


@require_POST
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = changeable(request, pk)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return shown(request, row, form)
    try:
        withdraw(actor_of(request), row, form.cleaned_data["reason"], version=form.cleaned_data["version"])
    except (LawRefusedError, ChangedMeanwhileError) as error:
        refuse(request, error)
    else:
        say_done(request, _("Đã rút %(text)s. Mọi lần xét trở lại quy định còn lại.") % {"text": row.symbol})
    return redirect("commendations:own_rules_text", pk=pk)


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = changeable(request, pk)
    try:
        discard(actor_of(request), row)
    except LawRefusedError as error:
        refuse(request, error)
        return redirect("commendations:own_rules_text", pk=pk)
    say_done(request, _("Đã bỏ tệp chưa áp dụng."))
    return redirect("commendations:own_rules", pk=row.root_id)


@require_POST
def try_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a draft of the text, so that it can be tried on real people before it is put in force."""
    row = changeable(request, pk)
    name = f"{row.symbol}, {_('bản %(n)s') % {'n': row.edition}}"
    try:
        draft = keep_draft(actor_of(request), name, {yaml_name(row.file_name): row.content.encode()})
    except (LawRefusedError, FileProblemsError) as error:
        refuse(request, error)
        return redirect("commendations:own_rules_text", pk=pk)
    query = {"draft": draft.pk, "unit": row.root_id, "after_on": max(row.in_force_from, today()).isoformat()}
    return redirect(f"{reverse('commendations:what_if')}?{urlencode(query)}")


def yaml_name(name: str) -> str:
    """Return a name drafts take, whatever the upload was called."""
    return name if name.lower().endswith(ENDINGS) else f"{name}.yaml"


@require_GET
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an uploaded text back as it came."""
    row = text_asked(request, pk)
    return as_file(row.content, row.file_name)


@require_GET
def shipped_file(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Give a shipped text of the authority, to be changed and uploaded."""
    root = root_asked(request, pk)
    try:
        return as_file(shipped_law().overlay_text(code_of(root), name), name)
    except LookupError as error:
        raise Http404 from error


@require_GET
def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a commented file that is itself valid for this authority."""
    root = root_asked(request, pk)
    return as_file(overlay_template(root, today()), "quy-dinh-rieng.yaml")


def root_asked(request: HttpRequest, pk: UUID) -> Unit:
    """Return an authority the reader may see something of. Raises Http404."""
    root = authorities_open_to(request.user).filter(pk=pk).first()
    if root is None:
        raise Http404
    return root


def text_asked(request: HttpRequest, pk: UUID) -> OwnRules:
    row = (
        OwnRules.objects.filter(root__in=authorities_open_to(request.user).values("pk"))
        .select_related("root", "uploaded_by", "applied_by", "withdrawn_by")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Http404
    return row


def changeable(request: HttpRequest, pk: UUID) -> OwnRules:
    """Return a text the reader may act on. Raises Http404, PermissionNeeded."""
    row = text_asked(request, pk)
    require_keeping(request.user, row.root)
    return row
