"""What the paragraphs of an award section are about: a heading of its own decides before the section's."""

import re

from thidua.core.plans.outline import Node
from thidua.core.plans.roles import Role
from thidua.core.text.folding import fold

# Headings of forms inside a section of criteria and awards: "Hình thức và số lượng", "Danh hiệu".
_FORMS = re.compile(r"(?:cac )?(?:hinh thuc|danh hieu|muc khen|muc thuong|co cau)\b")
_MIXED = {Role.CRITERIA, Role.AWARDS}


def area_of(node: Node) -> Role | None:
    """Return what the nearest heading (the node's own label included) says the paragraph is about."""
    for one in (node, *node.ancestors):
        if one.label and _FORMS.match(fold(one.label)) and one.is_under(Role.AWARDS, Role.AWARD_COUNT):
            return Role.AWARDS
        if one.own_roles:
            return one.own_roles[0]
    return None


def is_mixed(node: Node) -> bool:
    """Whether the nearest heading announces criteria and awards together, so that each sentence must tell."""
    for one in (node, *node.ancestors):
        if one.label and _FORMS.match(fold(one.label)):
            return False
        if one.own_roles:
            return set(one.own_roles) >= _MIXED
    return False
