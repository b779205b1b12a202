"""What stands in the way of a change: all of it at once, each as a code with its facts and one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to settle first. A subject derives its own and names its sentences, with %(fact)s in them."""

    sentences: ClassVar[Mapping[str, str | Promise]] = {}

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        return gettext(str(self.sentences[self.code])) % self.facts


class RefusedError(Exception):
    """A change cannot be made; ``problems`` holds everything found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in self.problems))
