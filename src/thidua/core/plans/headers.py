"""Whether a text holds the head of more than one document: each file is read as one."""

import re

from thidua.core.text.citations import type_of_number

_NUMBER_LINE = re.compile(r"^[ \t]*Số[ \t]*:[ \t]*(\d+[ \t]*/[ \t]*[\w/&.-]*\w)", re.MULTILINE)


def further_numbers(text: str) -> list[str]:
    """Return the numbers of further documents of the same kind as the first, each as its own head gives it.

    A plan below the decision or letter that brings it is of another kind, and a running head says the same number.
    """
    numbers = list(dict.fromkeys(re.sub(r"\s", "", found) for found in _NUMBER_LINE.findall(text)))
    kinds = [type_of_number(number) for number in numbers]
    return [
        number
        for place, number in enumerate(numbers)
        if kinds[place] is not None and kinds[place] in kinds[:place]
    ]
