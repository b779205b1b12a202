"""The places a national standard leaves open to an authority's own rules, and ways that lead into none of them."""

from collections.abc import Iterator

from thidua.core.law.awards import Overlay
from thidua.core.law.conditions import Group, Node, leaves
from thidua.core.law.law import Law
from thidua.core.law.messages import Message, say
from thidua.core.law.words import AWARDS
from thidua.core.law.yamltext import Problem


def slots_of(law: Law, award: str) -> list[str]:
    """Return the names of the places the standards of ``award`` leave open, at whatever time."""
    held = law.award(award)
    versions = [*held.versions, *(one for name in held.also for one in law.general(name).versions)]
    nodes = (node for version in versions for node in version.nodes)
    return sorted({slot for node in nodes for slot in _slots_in(node)})


def _slots_in(node: Node) -> Iterator[str]:
    if node.slot:
        yield node.slot
    for part in node.parts if isinstance(node, Group) else ():
        yield from _slots_in(part)


def problems_of_routes(law: Law, overlay: Overlay) -> Iterator[Problem]:
    """Yield the ways of ``overlay`` that lead nowhere: nobody would ever be asked about them."""
    for own in overlay.routes:
        awards = law.award_ids() if own.awards == ("all",) else own.awards
        known = {award: slots_of(law, award) for award in awards if award in AWARDS}
        line = min((leaf.line for leaf in leaves(own.node)), default=1)
        if own.awards == ("all",):
            known = {"all": sorted({slot for slots in known.values() for slot in slots})}
        for award, slots in known.items():
            if own.slot not in slots:
                yield Problem(overlay.name, line, _leads_nowhere(award, own.slot, slots))


def _leads_nowhere(award: str, slot: str | None, known: list[str]) -> Message:
    if not known:
        return say(
            "“{award}” không có slot nào để mở thêm cách đạt. Bỏ mục này, hoặc đặt điều kiện ở conditions.",
            award=award,
        )
    if slot is None:
        return say(
            "thiếu slot: chưa rõ mở thêm cách đạt nào của “{award}”. Dùng một trong: {known}.",
            award=award, known=", ".join(known),
        )  # fmt: skip
    return say(
        "“{award}” không có slot “{slot}”, nên mục này không có tác dụng. Dùng một trong: {known}.",
        award=award, slot=slot, known=", ".join(known),
    )  # fmt: skip
