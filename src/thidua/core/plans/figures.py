"""The figures of a clause, as targets, quotas and criteria use them."""

import re
from dataclasses import replace

from thidua.core.plans.clauses import Span
from thidua.core.plans.items import Figure, Operation
from thidua.core.plans.passages import Passage
from thidua.core.text.numbers import Comparison, Measure, find_measures

_QUOTED = r"“[^”]*”|\"[^\"]*\""
_ASIDE = re.compile(rf"{_QUOTED}|\([^()]*\)")
_ONLY_QUOTED = re.compile(_QUOTED)
_OPERATIONS: dict[Comparison, Operation] = {
    Comparison.EQUAL: "=",
    Comparison.AT_LEAST: ">=",
    Comparison.AT_MOST: "<=",
    Comparison.MORE: ">",
    Comparison.LESS: "<",
    Comparison.RANGE: "range",
}


def measures_in(passage: Passage, clause: Span, *, brackets: bool = False) -> list[Measure]:
    """Return the measures of a clause with their places in the passage.

    Dates and what stands in quotation marks are left out; what stands in brackets too, unless asked for.
    """
    start, end = clause
    text = passage.text[start:end]
    skip = [(date.start - start, date.end - start) for date in passage.dates_in(start, end)]
    skip += [match.span() for match in (_ONLY_QUOTED if brackets else _ASIDE).finditer(text)]
    return [
        replace(one, start=one.start + start, figure=one.figure + start, end=one.end + start)
        for one in find_measures(text, sorted(skip))
        if not any(left <= one.figure < right for left, right in skip)
    ]


def operation_of(measure: Measure) -> Operation:
    return _OPERATIONS[measure.op]


def figure_of(measure: Measure) -> Figure:
    """Return the figure a measure gives: one number, or both ends of a range."""
    return measure.value if measure.high is None else (measure.value, measure.high)
