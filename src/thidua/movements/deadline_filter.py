"""Which deadlines of the board are shown: those whose words hold what was typed, by standing."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from thidua.core.deadlines.state import Standing
from thidua.core.text.folding import fold
from thidua.movements.selectors.progress import Progress

STANDINGS = {
    "late": (Standing.LATE,),
    "soon": (Standing.DUE_SOON,),
    "open": (Standing.OPEN, Standing.WAITING),
    "done": (Standing.DONE, Standing.DONE_LATE),
}


class DeadlineFilter(forms.Form):
    show = forms.ChoiceField(
        label=_("Hiện"),
        required=False,
        choices=(
            ("", _("Mọi thời hạn")),
            ("late", _("Đang trễ hạn")),
            ("soon", _("Sắp đến hạn")),
            ("open", _("Chưa đến hạn")),
            ("done", _("Mọi đơn vị đã xong")),
        ),
    )


def narrowed(rows: Sequence[Progress], words: str, show: str) -> list[Progress]:
    """Return the rows that hold each of ``words``, with diacritics or without, and stand as ``show`` asks."""
    asked = fold(words).split()
    kept = [row for row in rows if all(word in text_of(row) for word in asked)]
    if show == "late":
        return [row for row in kept if row.late]
    return [row for row in kept if row.standing in STANDINGS[show]] if show in STANDINGS else kept


def text_of(row: Progress) -> str:
    return fold(f"{row.deadline.what} {row.deadline.who} {row.when}")
