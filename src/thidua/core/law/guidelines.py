"""Reads which of an authority's own figures are shares of a list to be aimed at, and what is wrong with them."""

from collections.abc import Iterator

from thidua.core.law.awards import Bound, Guideline
from thidua.core.law.figures import DatedFigure
from thidua.core.law.messages import Message, say
from thidua.core.law.schema import NewFigure
from thidua.core.law.words import AWARDS, ListGroup

UNIT = "share-of-list"


def guideline_of(given: NewFigure, figure: DatedFigure) -> Guideline | None:
    """Return what a figure aims at; None where it names no group."""
    if given.group is None:
        return None
    awards = () if "all" in given.awards else given.awards
    return Guideline(figure, given.group, Bound(given.bound or Bound.AT_LEAST), awards)


def faults_of_guideline(given: NewFigure) -> Iterator[tuple[str, Message]]:
    """Yield what is wrong with a share, each with the key it is written under."""
    if given.group is None:
        yield from _without_group(given)
        return
    if given.unit != UNIT:
        said = say(
            "tỷ lệ của một nhóm phải có unit: {unit}, không phải “{given}”.", unit=UNIT, given=given.unit
        )
        yield "unit", said
    for award in given.awards:
        if award not in (*AWARDS, "all"):
            yield "for", say("“{award}” không có trong danh mục danh hiệu.", award=award)


def _without_group(given: NewFigure) -> Iterator[tuple[str, Message]]:
    for key, written in (("bound", given.bound), ("for", given.awards)):
        if written:
            said = say(
                "“{key}” chỉ dùng cho tỷ lệ của một nhóm. Thêm group (một trong {groups}), hoặc bỏ mục này.",
                key=key,
                groups=", ".join(ListGroup),
            )
            yield key, said
