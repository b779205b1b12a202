"""``thidua law screen``: a whole table of people asked at once, each told what is missing."""

import argparse
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from thidua.commands import tables
from thidua.commands.law_input import DONE, REFUSED, Translate, complain, day_of, law_of, words_of
from thidua.commands.law_sentences import lacks_in, outcomes_in
from thidua.core.law.messages import Said, say
from thidua.core.law.words import TITLES_OF_PEOPLE, SubjectKind

if TYPE_CHECKING:
    import polars as pl

    from thidua.core.eligibility.columns.lacking import Lacks
    from thidua.core.eligibility.columns.table import Read
    from thidua.core.law.law import Law


def screening(given: argparse.Namespace) -> int:
    from thidua.core.eligibility.screen import Screening, screen_with_lacks

    words, law, on = words_of(given), law_of(given), day_of(given)
    awards = tuple(given.award or TITLES_OF_PEOPLE)
    try:
        table, read = _people_in(given)
        _refuse_other_subjects(awards, on, law)
    except _RefusedError as refused:
        complain(words, *refused.said)
        return REFUSED
    year = given.year or max((found for found in read.years if found <= on.year), default=on.year)
    asked = Screening(on, awards, (year, year), authority=given.authority)
    found, lacks = screen_with_lacks(read.population, asked, law)
    head = say("{people} người, ngày {day}, thành tích năm {year}", people=len(found), day=on, year=str(year))
    print(head.in_words(words))
    _print_counts(found, words)
    _tell_unused(read.unused, words)
    if not given.out:
        print(say("Từng người còn thiếu gì: thêm --out TỆP.xlsx.").in_words(words))
    else:
        for_people = given.out.suffix.lower() == ".xlsx"  # the other kinds are read by programs
        columns = list((_for_people if for_people else _for_programs)(found, lacks, words))
        long = [column.name for column in columns if column.name not in awards]
        tables.write(table.with_columns(columns), given.out, long=long)
    return DONE


class _RefusedError(Exception):
    """The table cannot be screened, or not for these awards; ``said`` tells why."""

    def __init__(self, *said: Said) -> None:
        super().__init__("\n".join(map(str, said)))
        self.said = said


def _people_in(given: argparse.Namespace) -> "tuple[pl.DataFrame, Read]":
    """Return the table asked about, as it stands and as people."""
    from thidua.core.eligibility.columns.table import TableError, columns_of_collectives, read_table

    file = str(given.table)
    try:
        if given.out:
            tables.refuse_other_endings(given.out)
        table = tables.read(given.table)
        if columns := columns_of_collectives(table):
            raise _RefusedError(
                say(
                    "{file}: đây là bảng tập thể (cột {columns}), mà screen chỉ xét cá nhân. Hỏi riêng từng tập thể "
                    "bằng “thidua law check”.",
                    file=file,
                    columns=", ".join(columns),
                )
            )
        if table.is_empty():
            said = say("{file}: chỉ có dòng tên cột, chưa có người nào. Thêm mỗi người một dòng.", file=file)
            raise _RefusedError(said)
        return table, read_table(table)
    except tables.TableFileError as error:
        raise _RefusedError(error.said) from error
    except TableError as error:
        raise _RefusedError(
            *(say("{file}, {said}", file=file, said=said) for said in error.problems)
        ) from error


def _refuse_other_subjects(awards: tuple[str, ...], on: date, law: "Law") -> None:
    from thidua.core.eligibility.explain import KINDS

    subjects = {award: law.award(award).subjects_on(on) for award in awards}
    said = [
        say(
            "--award {award}: chỉ dành cho {kinds}, mà bảng này gồm cá nhân. Bỏ --award này, hoặc hỏi riêng từng "
            "tập thể, hộ gia đình bằng “thidua law check”.",
            award=award,
            kinds=tuple(KINDS[kind] for kind in kinds),
        )
        for award, kinds in subjects.items()
        if SubjectKind.INDIVIDUAL not in kinds
    ]
    if said:
        raise _RefusedError(*said)


def _print_counts(found: "pl.DataFrame", words: Translate) -> None:
    outcomes = outcomes_in(words)
    for award in found.columns:
        counts = dict(found[award].cast(str).value_counts().iter_rows())
        print(f"  {award:<12} " + ", ".join(f"{outcomes[key]}: {counts.get(key, 0)}" for key in outcomes))


def _tell_unused(unused: tuple[str, ...], words: Translate) -> None:
    from thidua.core.eligibility.columns.table import near_column

    if unused:
        print(say("Cột không dùng: {columns}", columns=", ".join(unused)).in_words(words))
    for name in unused:
        if near := near_column(name):
            complain(words, say("không có cột “{name}”. Có phải “{near}”?", name=name, near=near))


def _for_people(found: "pl.DataFrame", lacks: "dict[str, Lacks]", words: Translate) -> "Iterator[pl.Series]":
    import polars as pl

    outcomes = outcomes_in(words)
    for award in found.columns:
        yield found[award].cast(pl.String).replace_strict(outcomes)
        name = say("{award} – còn thiếu", award=award).in_words(words)
        yield _missing(lacks[award], words).alias(name)


def _for_programs(
    found: "pl.DataFrame", lacks: "dict[str, Lacks]", words: Translate
) -> "Iterator[pl.Series]":
    yield from found
    for award in found.columns:
        yield _missing(lacks[award], words).alias(f"{award}_missing")


def _missing(lacks: "Lacks", words: Translate) -> "pl.Series":
    """Return what each person lacks, in words; nothing for who lacks nothing."""
    import polars as pl

    said = [lacks_in(lacked, words) or None for lacked in lacks.sets]
    return pl.Series(said, dtype=pl.String).gather(lacks.which)
