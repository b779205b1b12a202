"""A unit's yearly registration of titles and forms of commendation, as a paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.core.drafting.doc_types import DocType
from thidua.core.drafting.document import (
    Align,
    Block,
    Column,
    Document,
    Header,
    Paragraph,
    Part,
    Recipient,
    Signature,
    Table,
)
from thidua.core.drafting.layout import ended, padded


@dataclass(frozen=True, slots=True)
class RegisteredSubject:
    """One subject with all it strives for; ``post`` and ``place`` are a person's."""

    name: str
    awards: tuple[str, ...]
    post: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitRegistration:
    """What the paper says; ``above`` is to whom it goes, ``movement`` the movement it answers to."""

    header: Header
    year: int
    body: str
    signature: Signature
    collectives: tuple[RegisteredSubject, ...]
    people: tuple[RegisteredSubject, ...]
    totals: tuple[tuple[str, int], ...]
    """Each award with how many strive for it."""
    above: str = ""
    movement: str = ""
    recipients: tuple[Recipient, ...] = ()
    is_demo: bool = False


def registration_document(given: UnitRegistration) -> Document:
    return Document(
        header=given.header,
        doc_type=DocType.BDK,
        subject=f"Thi đua, khen thưởng năm {given.year}",
        signature=given.signature,
        recipients=given.recipients,
        addressees=(given.above,) if given.above else (),
        opening=(_opening(given),),
        parts=tuple(_parts(given)),
        closing=(Paragraph.of(ended(_closing(given))),),
        is_demo=given.is_demo,
    )


def _opening(given: UnitRegistration) -> Paragraph:
    answered = f"Hưởng ứng phong trào thi đua “{given.movement}”, " if given.movement else ""
    return Paragraph.of(
        f"{answered}{given.body} đăng ký danh hiệu thi đua, hình thức khen thưởng năm {given.year} như sau:"
    )


def _parts(given: UnitRegistration) -> Iterator[Part]:
    if given.collectives:
        yield Part("TẬP THỂ", (_collectives(given.collectives),))
    if given.people:
        yield Part("CÁ NHÂN", (_people(given.people),))
    yield Part("TỔNG HỢP", (_totals(given.totals),))


def _collectives(rows: Sequence[RegisteredSubject]) -> Block:
    return Table(
        (
            Column("TT", 1, Align.CENTER),
            Column("Tên tập thể", 6.4),
            Column("Danh hiệu, hình thức đăng ký", 6),
            Column("Ghi chú", 3),
        ),
        tuple(
            (padded(place), row.name, "; ".join(row.awards), row.note) for place, row in enumerate(rows, 1)
        ),
    )


def _people(rows: Sequence[RegisteredSubject]) -> Block:
    return Table(
        (
            Column("TT", 1, Align.CENTER),
            Column("Họ và tên", 4.2),
            Column("Chức vụ, đơn vị", 5.2),
            Column("Danh hiệu, hình thức đăng ký", 4.4),
            Column("Ghi chú", 2),
        ),
        tuple(
            (
                padded(place),
                row.name,
                ", ".join(filter(None, (row.post, row.place))),
                "; ".join(row.awards),
                row.note,
            )
            for place, row in enumerate(rows, 1)
        ),
    )


def _totals(rows: Sequence[tuple[str, int]]) -> Block:
    return Table(
        (
            Column("TT", 1, Align.CENTER),
            Column("Danh hiệu, hình thức", 11),
            Column("Số đăng ký", 3, Align.CENTER),
        ),
        tuple((padded(place), label, padded(number)) for place, (label, number) in enumerate(rows, 1)),
    )


def _closing(given: UnitRegistration) -> str:
    asked = f", kính gửi {given.above} tổng hợp, theo dõi" if given.above else ""
    return f"Trên đây là đăng ký thi đua, khen thưởng năm {given.year} của {given.body}{asked}"
