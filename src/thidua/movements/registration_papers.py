"""A registration sheet as the paper that is printed and signed."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import override

from thidua.core.drafting.document import Document, Header, Recipient, Signature
from thidua.core.drafting.registration import RegisteredSubject, UnitRegistration, registration_document
from thidua.honours.catalogue import label_of
from thidua.movements.citing import letterhead, post_on_paper
from thidua.movements.models import Registration, RegistrationEntry
from thidua.movements.papers import head_post
from thidua.movements.selectors.registrations import AWARDS, Asked, lines_of, numbers_of
from thidua.organisations.models import Unit, UnitRole
from thidua.records.days import day_of, today


@override("vi")
def paper_of_registration(sheet: Registration) -> Document:
    """Return the sheet as a paper, always in Vietnamese; wishes are not on it. A draft leaves room for the day."""
    unit = sheet.unit
    sheets = Registration.objects.filter(pk=sheet.pk)
    entries = list(lines_of(sheets, Asked()))
    above = unit.parent.name if unit.parent else ""
    return registration_document(
        UnitRegistration(
            header=header_of(sheet),
            year=sheet.year,
            body=unit.name,
            signature=Signature(post_on_paper(head_post(unit)), head_name(unit)),
            collectives=subjects(entry for entry in entries if entry.collective_id),
            people=subjects(entry for entry in entries if entry.person_id),
            totals=tuple((label_of(one.award), one.total) for one in numbers_of(sheets)),
            above=above,
            movement=(sheet.movement.theme or sheet.movement.name) if sheet.movement else "",
            recipients=(Recipient("Như trên"),) if above else (),
            is_demo=settings.DEMO_MODE,
        )
    )


def header_of(sheet: Registration) -> Header:
    parent, body = letterhead(sheet.unit)
    return Header(
        parent=parent,
        body=body,
        symbol=sheet.unit.symbol,
        place=sheet.unit.place,
        issued_on=day_of(sheet.sent_at) if sheet.sent_at else None,
        year=min(today().year, sheet.year),
    )


def head_name(unit: Unit) -> str:
    head = unit.roles.on(today()).filter(role=UnitRole.Role.HEAD).select_related("person").first()
    return head.person.full_name if head else ""


def subjects(entries: Iterable[RegistrationEntry]) -> tuple[RegisteredSubject, ...]:
    """Put all that one subject strives for on one line, in the order they come."""
    found: dict[object, list[RegistrationEntry]] = {}
    for entry in entries:
        found.setdefault(entry.person_id or entry.collective_id, []).append(entry)
    return tuple(
        RegisteredSubject(
            name=rows[0].name,
            awards=tuple(label_of(row.award) for row in sorted(rows, key=place_in_catalogue)),
            post=rows[0].position,
            place=place_of(rows[0]),
            note="; ".join(dict.fromkeys(row.note for row in rows if row.note)),
        )
        for rows in found.values()
    )


def place_in_catalogue(entry: RegistrationEntry) -> int:
    return AWARDS.get(entry.award, len(AWARDS))


def place_of(entry: RegistrationEntry) -> str:
    """Return where a person works, but for the unit itself, whose paper it is."""
    unit = entry.person.unit if entry.person else None
    return unit.name if unit and unit.pk != entry.registration.unit_id else ""
