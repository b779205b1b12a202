"""Whose own rules bind a unit, and why, as pages say it."""

from django.utils.translation import gettext as _

from thidua.commendations.selectors.law_in_force import Binding
from thidua.organisations.models import Unit


def bound_by(binding: Binding, root: Unit, unit: Unit | None, award: str = "") -> str:
    """Return the sentence; "" where the top of the tree has no rules of its own."""
    if binding.authority is None:
        return ""
    top = binding.province_unit_over(unit)
    if top is None:
        return _("Theo quy định chung và quy định riêng của %(root)s.") % {"root": root.name}
    if award and binding.binds(award):
        return _(
            "%(root)s tặng cả người, tập thể không do mình quản lý: theo quy định riêng của %(root)s."
        ) % {"root": root.name}
    return _(
        "%(unit)s thuộc Ủy ban nhân dân cấp tỉnh (loại “%(kind)s”): danh hiệu của cá nhân, tập thể theo quy định "
        "của tỉnh, không theo quy định riêng của %(root)s."
    ) % {"unit": top.name, "kind": top.kind.name, "root": root.name}
