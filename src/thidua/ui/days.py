"""The day a page is asked to be seen as of: typed as on paper or in ISO, and what to say where it was not taken."""

from datetime import date

from django.forms import ValidationError
from django.utils.translation import gettext as _

from thidua.ui import formats
from thidua.ui.widgets import DayField


def read_day(text: str) -> date | None:
    """Return the day written as 30/6/2026 or 2026-06-30; None for nothing and for what is no day."""
    try:
        day: date | None = DayField(required=False).clean(text.strip())
    except ValidationError:
        return None
    return day


def refused_day(typed: str, shown: date) -> str:
    """Return why the page shows ``shown`` although ``typed`` stands in its address; nothing where it was taken."""
    asked = read_day(typed)
    if not typed.strip() or asked == shown:
        return ""
    told = {"typed": typed.strip()[:20], "shown": formats.day(shown)}
    if asked is None:
        return (
            _("“%(typed)s” không phải ngày có thật, viết dạng 30/6/2026. Trang đang xem theo %(shown)s.")
            % told
        )
    return _("Ngày %(typed)s không xem được ở trang này. Trang đang xem theo %(shown)s.") % (
        told | {"typed": formats.day(asked)}
    )
