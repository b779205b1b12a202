"""Tables of movements, one file per subject."""

from thidua.movements.models.approving import ApprovalEvent
from thidua.movements.models.cascade import (
    Acknowledgement,
    Launch,
    Participation,
    ParticipationEvent,
    StepTerm,
)
from thidua.movements.models.movements import Movement
from thidua.movements.models.plans import Basis, NumberCorrection, Plan, PlanChange, PlanItem, PlanRevision
from thidua.movements.models.registrations import (
    Registration,
    RegistrationEntry,
    RegistrationEvent,
    RegistrationReminder,
)
from thidua.movements.models.schedule import Completion, Deadline, Duty, Event, EventDay, Phase, Target

__all__ = [
    "Acknowledgement",
    "ApprovalEvent",
    "Basis",
    "Completion",
    "Deadline",
    "Duty",
    "Event",
    "EventDay",
    "Launch",
    "Movement",
    "NumberCorrection",
    "Participation",
    "ParticipationEvent",
    "Phase",
    "Plan",
    "PlanChange",
    "PlanItem",
    "PlanRevision",
    "Registration",
    "RegistrationEntry",
    "RegistrationEvent",
    "RegistrationReminder",
    "StepTerm",
    "Target",
]
