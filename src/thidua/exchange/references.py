"""What refers to rows an import wrote, and which of them moved on: asked of every table, known here or not."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from thidua.exchange.importers import Reference
from thidua.exchange.models import ImportRow

EXAMPLES = 3

LABELS: dict[str, str] = {
    "organisations.post": _("chức vụ"),
    "organisations.unitrole": _("vai trò được giao"),
    "organisations.clusterrole": _("vai trò trong cụm, khối"),
    "organisations.person": _("cá nhân"),
    "organisations.unit": _("đơn vị trực thuộc"),
    "organisations.unitname": _("tên của đơn vị"),
    "organisations.unitparent": _("nơi trực thuộc"),
    "organisations.unitsuccession": _("lần sắp xếp đơn vị"),
    "organisations.cluster": _("cụm, khối"),
    "organisations.clustermember": _("chỗ trong cụm, khối"),
    "movements.movement": _("phong trào"),
    "movements.participation": _("lần tham gia phong trào"),
    "movements.deadline": _("thời hạn của phong trào"),
    "movements.duty": _("nhiệm vụ của phong trào"),
    "movements.completion": _("báo cáo hoàn thành"),
    "movements.acknowledgement": _("xác nhận đã đọc kế hoạch"),
    "initiatives.councilmember": _("thành viên Hội đồng sáng kiến"),
}
"""Tables as their readers call them, where the table itself does not say it."""


def label_of(model: type[Model]) -> str:
    """Name the rows of ``model`` in the reader's language."""
    known = LABELS.get(model._meta.label_lower)
    return gettext(known) if known else str(model._meta.verbose_name)


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
            label = label_of(relation.related_model)
            found.append(Reference(label, count, tuple(str(name) for name in names)))
    return found


def referred(model: type[Model], ids: Collection[UUID], *, own: Collection[str] = ()) -> dict[UUID, str]:
    """Return which of ``ids`` something refers to, and what: for the rows of one chunk."""
    found: dict[UUID, str] = {}
    for relation in relations_to(model, own):
        column = relation.field.attname if hasattr(relation.field, "attname") else relation.field.name
        rows: QuerySet[Any] = QuerySet(relation.related_model).filter(**{f"{relation.field.name}__in": ids})
        label = label_of(relation.related_model)
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
