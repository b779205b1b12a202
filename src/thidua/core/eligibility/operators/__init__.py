"""What each operator of a law file means on a case."""

from collections.abc import Callable
from typing import Any

from thidua.core.eligibility.facts import Facts, Look
from thidua.core.eligibility.operators import collective, person, procedure, record, service, works
from thidua.core.law.operators import OPERATORS

OPERATIONS: dict[str, Callable[[Any, Facts], Look]] = {
    "rating": person.rating, "employed": person.employed, "absence": person.absence, "study": person.study,
    "transfer": person.transfer, "staff": person.staff, "occupation": person.occupation,
    "discipline": person.discipline, "pending": person.pending, "registered": person.registered,
    "attested": person.attested, "tenure": service.tenure, "service": service.service,
    "holds": record.holds, "chain": record.chain, "count": record.count, "times": record.times,
    "since": record.since, "initiative": works.initiatives, "research": works.research,
    "initiative_reuse": works.initiative_reuse, "share": collective.share, "members": collective.members,
    "existed": collective.existed, "not_dissolved": collective.not_dissolved, "cluster": collective.cluster,
    "flag_scheme": collective.flag_scheme, "awarded_by": procedure.awarded_by, "vote": procedure.vote,
    "quorum": procedure.quorum, "secret_ballot": procedure.secret_ballot,
    "written_opinions": procedure.written_opinions, "published": procedure.published, "paper": procedure.paper,
    "report_age": procedure.report_age, "once_a_year": procedure.once_a_year,
    "not_proposed_for": procedure.not_proposed_for, "one_form": procedure.one_form,
    "movement": procedure.movement, "share_of": procedure.share_of, "type": procedure.of_type,
    "unstated": procedure.unstated,
}  # fmt: skip

if set(OPERATIONS) != set(OPERATORS):
    raise RuntimeError(sorted(set(OPERATIONS) ^ set(OPERATORS)))
