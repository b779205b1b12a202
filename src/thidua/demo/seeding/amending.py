"""The amending decision of the running movement: a revision whose differences every unit sees."""

from thidua.accounts.models import Account
from thidua.core.plans.reader import read
from thidua.core.text.folding import fold
from thidua.demo.data_files import PLANS
from thidua.demo.movements import Amendment, PlanChange
from thidua.documents.isolated import read_isolated
from thidua.library import services as library
from thidua.movements.models import Movement, PlanItem, PlanRevision
from thidua.movements.selectors.items import living
from thidua.movements.services import revising
from thidua.records.days import today


def amend(movement: Movement, given: Amendment, *, by: Account) -> PlanRevision:
    """Take the decision in, make its changes and issue them."""
    file = library.store_file((PLANS / given.file).read_bytes(), given.file, by=by)
    source = read_isolated(library.path_of(file.sha256), name=file.name)
    singles = read(source).singles
    decision = f"Quyết định số {singles['number'].value} ngày {given.effective_on:%d/%m/%Y}"
    revision = revising.begin_revision(movement.plan, by=by, file=file, text=source.text, decision=decision)
    for change in given.changes:
        revision = make_change(revision, change, by)
    summary = str(singles["title"].value)
    revision = revising.describe(revision, decision=decision, effective_on=today(), summary=summary, by=by)
    return revising.issue_revision(revision, by=by)


def make_change(revision: PlanRevision, change: PlanChange, by: Account) -> PlanRevision:
    if change.is_addition:
        return revising.add_item(revision, change.field, change.new_parts, by=by)
    item = item_with(revision, change)
    return revising.change_item(revision, item.pk, item.value | dict(change.new_parts), by=by)


def item_with(revision: PlanRevision, change: PlanChange) -> PlanItem:
    """Return the item of the field whose quote holds the words of the change."""
    items = living(revision.plan).filter(field=change.field)
    found: PlanItem = next(item for item in items if fold(change.find) in fold(item.quote))
    return found
