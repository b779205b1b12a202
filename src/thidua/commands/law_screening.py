"""``thidua law screen``: a whole table of people asked at once."""

import argparse

from thidua.commands import tables
from thidua.commands.law_input import DONE, REFUSED, complain, day_of, law_of, words_of
from thidua.commands.law_sentences import outcomes_in
from thidua.core.law.messages import say


def screening(given: argparse.Namespace) -> int:
    import polars as pl

    from thidua.core.eligibility.columns.table import TableError, near_column, read_table
    from thidua.core.eligibility.screen import Screening, screen

    words = words_of(given)
    try:
        if given.out:
            tables.refuse_other_endings(given.out)
        table = tables.read(given.table)
        read = read_table(table)
    except tables.TableFileError as error:
        complain(words, error.said)
        return REFUSED
    except TableError as error:
        complain(words, *(say("{file}, {said}", file=str(given.table), said=said) for said in error.problems))
        return REFUSED
    on = day_of(given)
    year = given.year or max((found for found in read.years if found <= on.year), default=on.year)
    awards = tuple(given.award or ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ"))
    asked = Screening(on, awards, (year, year), authority=given.authority)
    found = screen(read.population, asked, law_of(given))
    head = say("{people} người, ngày {day}, thành tích năm {year}", people=len(found), day=on, year=str(year))
    print(head.in_words(words))
    outcomes = outcomes_in(words)
    for award in awards:
        counts = dict(found[award].cast(str).value_counts().iter_rows())
        print(f"  {award:<12} " + ", ".join(f"{outcomes[key]}: {counts.get(key, 0)}" for key in outcomes))
    if read.unused:
        print(say("Cột không dùng: {columns}", columns=", ".join(read.unused)).in_words(words))
    for name in read.unused:
        if near := near_column(name):
            complain(words, say("không có cột “{name}”. Có phải “{near}”?", name=name, near=near))
    if given.out:
        codes = given.out.suffix.lower() != ".xlsx"  # a workbook is read by people, the others by programs
        shown = found if codes else found.with_columns(pl.all().cast(pl.String).replace_strict(outcomes))
        tables.write(table.with_columns(shown.get_columns()), given.out)
    return DONE
