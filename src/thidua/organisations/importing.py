"""What the imports of this subject share: who may see them, and the word when one is finished."""

from django.db.models import Q

from thidua.exchange.importers import Importer
from thidua.exchange.models import Import
from thidua.notices.services import Recipient, tell
from thidua.organisations.news import ImportDone, ImportUndone
from thidua.organisations.permissions import User, scope_of

MAKER_UNIT = "by__person__record_unit__"


def batches_of(user: User) -> Q:
    """Return the condition on imports made by ``user``, or by people of units where ``user`` may import."""
    within = scope_of(user).units("import", prefix=MAKER_UNIT)
    return (within | Q(by_id=user.pk)) if within else Q()


def has_rights(user: User, importer: Importer) -> bool:
    """Say whether ``user`` has somewhere every right that bringing such a table in asks for."""
    scope = scope_of(user)
    return all(scope.allows_somewhere(action) for action in importer.rights())


def tell_finished(batch: Import) -> None:
    """Tell who made the import, and who confirmed it, what came of it."""
    recipients = {one.pk: Recipient(one.pk) for one in (batch.by, batch.confirmed_by, batch.undone_by) if one}
    tell(recipients.values(), news_of(batch), key=f"import:{batch.pk}:{batch.status}", by_mail=False)


def news_of(batch: Import) -> ImportDone | ImportUndone:
    if batch.status == Import.Status.UNDONE:
        return ImportUndone(batch.pk, batch.file.name)
    written = batch.counts.get("create", 0) + batch.counts.get("update", 0)
    return ImportDone(batch.pk, batch.file.name, written, batch.counts.get("refuse", 0))
