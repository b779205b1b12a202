"""What of an item from above is the unit's own: the figure of a target, awards and quotas."""

import re
from typing import Any

from thidua.core.drafting import answer
from thidua.core.drafting.plan import capital
from thidua.core.text.folding import fold
from thidua.movements.bodies import plain
from thidua.movements.citing import post_on_paper
from thidua.movements.own_figures import Figure
from thidua.movements.wording import typed_figure
from thidua.organisations.models import Unit, UnitRole
from thidua.records.days import today

Value = dict[str, Any]
# Awards of the unit's own head; what a higher body gives is proposed to it.
OWN_LEVELS = ("DON_VI", "CO_SO", "PHONG")
HEAD_POST = re.compile(
    r"(?:thu truong|giam doc|(?:tong )?cuc truong|vu truong|vien truong|hieu truong|chanh thanh tra|chanh van phong|"
    r"chu tich|truong ban|truong phong|tong bien tap) (?:cac )?"
)
OWN_HEAD = re.compile(r"thu truong (?:co quan|don vi|cac don vi)")
EACH = re.compile(r"^(?:mỗi|từng|các)\s+", re.IGNORECASE)


def own_target(value: Value, figure: Figure | None) -> Value:
    """Return the target as the unit's own, with its own figure, in its words too."""
    old = value.get("value")
    value = {name: part for name, part in value.items() if name != "who"}  # the unit itself, or another body
    if figure is None or figure == old:
        return value
    if isinstance(figure, list):
        return value | {"op": "range", "value": figure}
    op = ">=" if value["op"] in ("qualitative", "range") else value["op"]
    text = value["text"]
    if isinstance(old, int | float):
        text = answer.with_figure(text, typed_figure(old), typed_figure(figure))
    return value | {"text": text, "op": op, "value": figure}


def own_award(value: Value, unit: Unit) -> Value:
    """Return the award as the unit's plan has it: given by its own head, or proposed to who gives it."""
    if is_by_own_head(value.get("authority", ""), unit):
        kept = {name: part for name, part in value.items() if name != "action"}
        return kept | {"authority": head_of(unit) or value["authority"]}
    if value.get("level") in OWN_LEVELS or "đề nghị" in value.get("action", ""):
        return value
    return value | {"action": "đề nghị tặng"}


def is_by_own_head(authority: str, unit: Unit) -> bool:
    """Say whether the award is the unit's own head's to give: «Thủ trưởng đơn vị», «Giám đốc Sở Tư pháp»."""
    words = fold(authority)
    post = HEAD_POST.match(words)
    return bool(OWN_HEAD.match(words) or (post and is_for(unit, authority[post.end() :])))


def head_of(unit: Unit) -> str:
    """Return «Giám đốc Sở Tư pháp tỉnh Lào Cai»; empty for a unit without a head."""
    head = unit.roles.on(today()).filter(role=UnitRole.Role.HEAD).select_related("person").first()
    return f"{post_on_paper(head.person.position)} {unit.name}" if head and head.person.position else ""


def with_quantity(value: Value, quantity: Figure | None) -> Value:
    """Return the award with so many; without a number where none is given."""
    kept = {name: part for name, part in value.items() if name != "quantity"}
    return kept if quantity is None else kept | {"quantity": quantity}


def own_quota(value: Value, unit: Unit, figure: Figure | None) -> Value:
    """Return the quota as the unit's own: without «mỗi Sở Tư pháp …» where that is the unit, with its own figure."""
    text, per = value["text"], value.get("per", "")
    if per and is_for(unit, per):
        text = capital(EACH.sub("", text.replace(per, "", 1)).strip(" ,:"))
        value = {name: part for name, part in value.items() if name != "per"}
    bounds = own_bounds(value, figure)
    rises = (bounds["min"] or 0) > (value.get("min") or 0)
    for name in (
        ("max", "min") if rises else ("min", "max")
    ):  # so that two equal figures never stand in between
        was, new = value.get(name), bounds[name]
        if isinstance(was, int | float) and new is not None and new != was:
            text = answer.with_figure(text, typed_figure(was), typed_figure(new))
    value = {name: part for name, part in value.items() if name not in bounds}
    return value | {"text": text} | {name: bound for name, bound in bounds.items() if bound is not None}


def own_bounds(value: Value, figure: Figure | None) -> dict[str, int | float | None]:
    """Return the bounds with the unit's own: two as typed; one in place of the only one, else of the upper."""
    low, high = value.get("min"), value.get("max")
    if isinstance(figure, list):
        low, high = figure
    elif figure is not None and high is None and low is not None:
        low = figure
    elif figure is not None:
        low, high = (None if low is None else min(low, figure)), figure
    return {"min": low, "max": high}


def is_for(unit: Unit, per: str) -> bool:
    """Say whether a quota «mỗi Sở Tư pháp và mỗi cơ quan THADS cấp tỉnh» is one of this unit's."""
    bodies = [EACH.sub("", one.strip()) for one in re.split(r",|\bvà\b", per)]
    return any(one and plain(unit.name).startswith(plain(one)) for one in bodies)
