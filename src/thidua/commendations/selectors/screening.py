"""A list screened at once, each person under the rules that bind their own unit."""

from dataclasses import replace

import polars as pl
from django.db.models import QuerySet

from thidua.commendations.selectors.columns import Listed, text
from thidua.commendations.selectors.law_in_force import Binding
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import Law
from thidua.organisations.models import Person, Unit


def screened(
    listed: Listed, people: QuerySet[Person], asked: Screening, law: Law, binding: Binding
) -> pl.DataFrame:
    """Return one row per person of ``listed``, which holds ``people``, and one column per award asked.

    One query where provinces run parts of the tree.
    """
    bound, others = _rows(listed, people, binding)
    asked = replace(asked, authority=binding.authority)
    if not len(others):
        return screen(listed.population, asked, law)
    found = [_numbered(bound, screen(listed.population.only(bound), asked, law))]
    outside = listed.population.only(others)
    beyond = replace(asked, awards=tuple(award for award in asked.awards if binding.binds(award)))
    theirs = replace(
        asked, awards=tuple(award for award in asked.awards if not binding.binds(award)), authority=None
    )
    both = [screen(outside, one, law) for one in (beyond, theirs) if one.awards]
    found.append(_numbered(others, pl.concat(both, how="horizontal").select(asked.awards)))
    return pl.concat(found).sort("row").drop("row")


def _rows(listed: Listed, people: QuerySet[Person], binding: Binding) -> tuple[pl.Series, pl.Series]:
    """Return the rows of those whom the tree's rules bind, and of those whose unit a province runs."""
    units = Unit.objects.within(*binding.of_province).values("pk")
    outside = people.order_by().filter(record_unit__in=units).values_list(text("pk"), flat=True)
    ids = set(outside) if binding.of_province else set()
    of_province = pl.Series([one in ids for one in listed.ids], dtype=pl.Boolean)
    return (~of_province).arg_true(), of_province.arg_true()


def _numbered(rows: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    return found.with_columns(rows.alias("row"))
