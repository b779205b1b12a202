"""What refers to rows an import wrote, and which of them moved on: asked of every table, known here or not."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from thidua.exchange.importers import Reference
from thidua.exchange.models import ImportRow

EXAMPLES = 3


def relations_to(model: type[Model], own: Collection[str]) -> list[ForeignObjectRel]:
    """Return the relations from other tables to ``model`` but those in ``own`` ("post.person")."""
    return [
        relation
        for relation in model._meta.related_objects
        if f"{relation.related_model._meta.model_name}.{relation.field.name}" not in own
    ]


def references_to(
    model: type[Model], ids: Any, *, own: Collection[str] = (), shown: str = "pk"
) -> list[Reference]:
    """Return what refers to the rows ``ids`` (a collection or a subquery): one query each, two where there is.

    ``own`` are relations the import itself wrote; ``shown`` names the column of ``model`` for examples.
    """
    found = []
    for relation in relations_to(model, own):
        rows: QuerySet[Any] = QuerySet(relation.related_model).filter(**{f"{relation.field.name}__in": ids})
        if count := rows.order_by().count():
            names = rows.values_list(f"{relation.field.name}__{shown}", flat=True).distinct()[:EXAMPLES]
            label = str(relation.related_model._meta.verbose_name)
            found.append(Reference(label, count, tuple(str(name) for name in names)))
    return found


def referred(model: type[Model], ids: Collection[UUID], *, own: Collection[str] = ()) -> dict[UUID, str]:
    """Return which of ``ids`` something refers to, and what: for the rows of one chunk."""
    found: dict[UUID, str] = {}
    for relation in relations_to(model, own):
        column = relation.field.attname if hasattr(relation.field, "attname") else relation.field.name
        rows: QuerySet[Any] = QuerySet(relation.related_model).filter(**{f"{relation.field.name}__in": ids})
        label = str(relation.related_model._meta.verbose_name)
        found |= dict.fromkeys(rows.values_list(column, flat=True).distinct(), label)
    return found


def moved_on(model: type[Model], rows: "QuerySet[ImportRow]") -> list[UUID]:
    """Return the ids of targets whose version is no longer the one the import left (or that are gone)."""
    left = dict(rows.exclude(target_version=None).values_list("target_id", "target_version"))
    ids = rows.order_by().values("target_id")
    now = dict(QuerySet(model).filter(pk__in=ids).values_list("pk", "version"))
    return [pk for pk, version in left.items() if pk is not None and now.get(pk) != version]


def names_of(model: type[Model], ids: Iterable[UUID], column: str) -> tuple[str, ...]:
    some = list(ids)[:EXAMPLES]
    return tuple(QuerySet(model).filter(pk__in=some).values_list(column, flat=True))
