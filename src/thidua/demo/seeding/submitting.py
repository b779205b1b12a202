"""A draft goes to the head: taken in, checked as far as it was sure, submitted, and perhaps returned."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from thidua.accounts.models import Account
from thidua.demo.data_files import DRAFTS
from thidua.demo.seeding.clock import moment_of
from thidua.demo.seeding.register import Register
from thidua.demo.seeding.timeline import Act
from thidua.demo.submissions import Submission
from thidua.movements.models import Movement
from thidua.movements.selectors.items import living
from thidua.movements.services import approving, checking
from thidua.movements.services.intake import classify, take_in


@dataclass(slots=True)
class SubmissionStory:
    """One draft; the row comes into it as the acts are played."""

    given: Submission
    register: Register
    movement: Movement = field(init=False)

    def acts(self) -> Iterator[Act]:
        yield Act(moment_of(self.given.taken_in_on, 9, 15), self.take_in)
        yield Act(moment_of(self.given.submitted_on, 15, 20), self.submit)
        if self.given.returned:
            yield Act(moment_of(self.given.returned.on, 8, 40), self.send_back)

    @property
    def officer(self) -> Account:
        return self.register.accounts[self.given.prepared_by]

    def take_in(self) -> None:
        """Take the draft in and confirm what was read surely; what is unsure stays open."""
        given, organiser = self.given, self.register.units[self.given.organiser]
        content = (DRAFTS / given.plan).read_bytes()
        movement = take_in(content, given.plan, organiser=organiser, by=self.officer)
        self.movement = classify(movement, kind=given.kind, level=movement.level, by=self.officer)
        sure = living(movement.plan).filter(is_sure=True).values_list("pk", flat=True)
        checking.confirm_items(movement.plan, sure, by=self.officer)

    def submit(self) -> None:
        approving.submit(self.movement, note=self.given.note, by=self.officer)

    def send_back(self) -> None:
        if answer := self.given.returned:
            by = self.register.accounts[answer.by]
            approving.send_back(self.movement, reason=answer.remarks, by=by)
