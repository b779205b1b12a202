"""Who may see and act on which import: each importer answers for its own kind, by today's rights."""

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext

from thidua.exchange.exporters import Exporter, exporter_named
from thidua.exchange.importers import Importer, User, all_importers, importer_named
from thidua.ui.errors import PermissionNeeded


def visible(user: User) -> Q:
    """Return the condition on imports ``user`` may see."""
    condition = Q(pk__in=[])
    for importer in all_importers():
        if importer.may_import(user):
            condition |= Q(importer.batches(user), target=importer.target)
    return condition


def importer_for(user: User, target: str) -> Importer:
    """Return the importer of that name. Raises Http404, PermissionNeeded."""
    importer = importer_named(target)
    if importer is None:
        raise Http404
    if not importer.may_import(user):
        raise PermissionNeeded(gettext("Bạn chưa được giao quyền nhập từ Excel."))
    return importer


def exporter_for(user: User, target: str) -> Exporter:
    """Return the exporter of that name. Raises Http404, PermissionNeeded."""
    exporter = exporter_named(target)
    if exporter is None:
        raise Http404
    if not exporter.may_export(user):
        raise PermissionNeeded(gettext("Bạn chưa được giao quyền xuất dữ liệu."))
    return exporter
