"""The plan's legal bases find their place in the register of documents."""

from thidua.library.services import register_document
from thidua.movements.models import Basis, Plan
from thidua.movements.selectors.items import living
from thidua.movements.stated import day


def register_plan(plan: Plan) -> None:
    """Enter the plan itself in the register, so that plans which cite it find it there."""
    if plan.number and plan.doc_type:
        register_document(
            kind=plan.doc_type,
            number=plan.number,
            issued_on=plan.issued_on,
            issuer=plan.issuer or plan.movement.organiser.name,
            about=plan.title,
            file=plan.file,
        )


def register_bases(plan: Plan) -> int:
    """Join every numbered basis of the plan to the register; return how many were joined."""
    count = 0
    for item in living(plan).filter(field="legal_basis"):
        value = item.value
        if not value.get("number"):
            continue
        document = register_document(
            kind=value["type"],
            number=value["number"],
            issued_on=day(value.get("date", "")),
            issuer=value.get("issuer", ""),
            about=value.get("about", ""),
        )
        Basis.objects.update_or_create(item=item, defaults={"plan": plan, "document": document})
        count += 1
    return count
