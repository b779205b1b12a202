"""The mark that an award's texts were read again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thidua.commendations.law_forms import RereadForm
from thidua.commendations.permissions import KEEP, keeps_rules_somewhere
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.rereadings import rereadings_of
from thidua.commendations.services.rereading import note_rereading
from thidua.commendations.views.answers import sentences
from thidua.honours.catalogue import catalogue
from thidua.organisations.views.answers import actor_of, refusal
from thidua.records.days import today
from thidua.ui.flash import say_done
from thidua.ui.rendering import page


@require_http_methods(["GET", "POST"])
def reread(request: HttpRequest, name: str) -> HttpResponse:
    """Show who read the award's texts again, and note one more reading."""
    entry = catalogue().get(name)
    if entry is None:
        raise Http404
    if not keeps_rules_somewhere(request.user):
        raise refusal(request, KEEP)
    form = RereadForm(request.POST or None, initial={"on": today(), "still_valid": "yes"})
    if form.is_valid():
        given = form.cleaned_data
        try:
            note_rereading(
                actor_of(request), name, given["on"], still_valid=given["still_valid"], note=given["note"]
            )
        except LawRefusedError as error:
            for sentence in sentences(error):
                form.add_error(None, sentence)
        else:
            say_done(request, _("Đã ghi ngày đọc lại."))
            return redirect("commendations:award", name=name)
    context = {"entry": entry, "form": form, "marks": rereadings_of(name), "today": today()}
    return page(request, "commendations/reread.html", context)
