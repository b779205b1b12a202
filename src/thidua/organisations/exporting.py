"""Lists of this subject as workbooks, under the headings by which they come in again.

Citizen numbers are never kept, so none can go out. Days of birth, staff codes and contacts go out only to
those who may read them on the person's own page.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thidua.documents.workbook import SheetSpec, Value
from thidua.exchange.exporters import Exported, Exporter
from thidua.exchange.fields import Field
from thidua.exchange.workbooks import column_of
from thidua.organisations.forms.people import PeopleFilterForm
from thidua.organisations.importing_clusters import FIELDS as MEMBER_FIELDS
from thidua.organisations.importing_lookup import UnitDirectory
from thidua.organisations.importing_people import FIELDS as PEOPLE_FIELDS
from thidua.organisations.importing_units import AFTER_KIND, CODE, NAME, SHORT_NAME, kind_field
from thidua.organisations.models import Cluster, Person, Post, Unit
from thidua.organisations.permissions import User, scope_of, visible_units
from thidua.organisations.selectors.clusters import clusters_of, day_within
from thidua.organisations.selectors.people import PeopleFilter, listed_people
from thidua.organisations.selectors.trees import as_of, named_on, tree_on
from thidua.records.days import today
from thidua.ui.days import read_day

CHUNK = 2_000
PRIVATE = frozenset({"staff_code", "birth_date"})
CONTACTS = frozenset({"email", "phone"})


def sheet_of(name: str, fields: Iterable[Field], rows: Iterable[Mapping[str, Value]]) -> SheetSpec:
    """Return a sheet with the fields of a template as columns; a row's missing cells stay blank."""
    shown = [field for field in fields if field.in_template]
    cells = ([row.get(field.name) for field in shown] for row in rows)
    return SheetSpec(name, tuple(column_of(field) for field in shown), cells)


class PeopleExporter(Exporter):
    """The list of people as it is filtered."""

    target = "people"
    title = gettext_lazy("Cá nhân")
    about = gettext_lazy("Hồ sơ và chức vụ chính hiện nay của những người trong phạm vi của bạn.")
    icon = "users"

    def may_export(self, user: User) -> bool:
        return scope_of(user).allows_somewhere("export")

    def export(self, user: User, query: QueryDict) -> Exported:
        asked = people_asked(user, query)
        people = listed_people(user, asked).filter(scope_of(user).people("export"))
        rows = PeopleRows(user).rows(people.select_related(None).iterator(chunk_size=CHUNK))
        details = {"filter": query.urlencode(), "rows": people.order_by().count()}
        sheets = [sheet_of(_("Cá nhân"), PEOPLE_FIELDS, rows)]
        return Exported(_("ca-nhan"), _("Danh sách cá nhân"), sheets, details)


def people_asked(user: User, query: QueryDict) -> PeopleFilter:
    """Return the filter of the list's own address; its unit may be named or given by id."""
    units = Unit.objects.filter(visible_units(user)).existing(today())
    given = query.copy()
    try:
        unit = units.select_related("parent").filter(pk=UUID(query.get("unit", ""))).first()
        given["unit"] = PeopleFilterForm.base_fields["unit"].label_of(unit) if unit else ""  # type: ignore[attr-defined]
    except ValueError:
        pass
    return PeopleFilterForm(given, units=units).asked(query.get("q", "").strip())


class PeopleRows:
    """Writes people as rows; what the reader may not see of one stays blank."""

    def __init__(self, user: User) -> None:
        self.directory = UnitDirectory(user, "edit_people")
        remindable = Unit.objects.filter(scope_of(user).units("remind"))
        self.reachable = set(remindable.values_list("pk", flat=True))
        self.own = scope_of(user).person_id
        self.sexes = {str(value): str(label) for value, label in Person.Sex.choices}
        self.kinds = {str(value): str(label) for value, label in Post.StaffKind.choices}

    def rows(self, people: Iterator[Person]) -> Iterator[dict[str, Value]]:
        day = today()
        while chunk := list(islice(people, CHUNK)):
            posts = Post.objects.filter(person__in=[one.pk for one in chunk], is_main=True).on(day)
            held = {post.person_id: post for post in posts}
            for person in chunk:
                yield self.row(person, held.get(person.pk))

    def row(self, person: Person, post: Post | None) -> dict[str, Value]:
        cells: dict[str, Value] = {
            "full_name": person.full_name,
            "staff_code": person.staff_code,
            "birth_date": person.birth_date,
            "sex": self.sexes.get(person.sex, ""),
            "email": person.email,
            "phone": person.phone,
        }
        if post:
            cells |= {
                "unit": self.unit_named(post.unit_id),
                "position": post.position,
                "staff_kind": self.kinds.get(post.staff_kind, ""),
                "is_manager": post.is_manager,
                "valid_from": post.valid_from,
                "contract_months": post.contract_months,
            }
        for name in self.hidden(person):
            cells.pop(name, None)
        return cells

    def hidden(self, person: Person) -> frozenset[str]:
        """Return the cells the reader may not see of ``person``."""
        place = self.directory.places.get(person.record_unit_id) if person.record_unit_id else None
        if self.own == person.pk or (place and place.is_open):
            return frozenset()
        return PRIVATE if person.record_unit_id in self.reachable else PRIVATE | CONTACTS

    def unit_named(self, pk: UUID) -> str:
        place = self.directory.places.get(pk)
        return self.directory.label_of(place) if place else ""


class UnitsExporter(Exporter):
    """The tree of units as of a day."""

    target = "units"
    title = pgettext_lazy("list", "Đơn vị")
    about = gettext_lazy("Cây đơn vị vào một ngày, cấp trên trước, cấp dưới sau.")
    icon = "building-2"

    def may_export(self, user: User) -> bool:
        return scope_of(user).allows_somewhere("export")

    def export(self, user: User, query: QueryDict) -> Exported:
        day, asked = day_of(query), query.get("q", "").strip()
        units = Unit.objects.filter(scope_of(user).units("export"))
        if asked:
            units = units.filter(pk__in=named_on(day, asked).order_by().values("pk"))
        found = {unit.pk: unit for unit in as_of(units, day)}
        rows = self.rows(user, found, day)
        fields = (CODE, NAME, SHORT_NAME, kind_field(), *AFTER_KIND)
        details = {"as_of": str(day), "filter": query.urlencode(), "rows": len(found)}
        title = _("Cây đơn vị ngày %(day)s") % {"day": f"{day.day}/{day.month}/{day.year}"}
        return Exported(_("don-vi"), title, [sheet_of(_("Đơn vị"), fields, rows)], details)

    def rows(self, user: User, found: Mapping[UUID, Unit], day: date) -> Iterator[dict[str, Value]]:
        directory = UnitDirectory(user, "export") if day == today() else None
        nodes = tree_on(day)
        names = {node.id: node.name for node in nodes}
        for node in nodes:
            if node.id in found:
                above = names.get(node.parent_id, "") if node.parent_id else ""
                if directory and node.parent_id in directory.places:
                    above = directory.label_of(directory.places[node.parent_id])
                yield unit_row(found[node.id], node.name, node.short_name, above)


def day_of(query: QueryDict) -> date:
    return read_day(query.get("as_of", "")) or today()


def unit_row(unit: Unit, name: str, short_name: str, above: str) -> dict[str, Value]:
    return {
        "code": unit.code,
        "name": name,
        "short_name": short_name,
        "kind": unit.kind.name,
        "parent": above,
        "founded_on": unit.founding_day,
        "has_legal_entity": unit.has_legal_entity,
        "is_small_collective": unit.is_small_collective,
        "body_role": str(unit.get_body_role_display()),
        "symbol": unit.symbol,
        "place": unit.place,
        "email": unit.email,
        "phone": unit.phone,
    }


class ClustersExporter(Exporter):
    """The clusters of a year with their members, a sheet for each authority."""

    target = "clusters"
    title = gettext_lazy("Cụm, khối thi đua")
    about = gettext_lazy("Cụm, khối của một năm với các đơn vị thành viên.")
    icon = "users"

    def may_export(self, user: User) -> bool:
        return scope_of(user).allows_somewhere("export")

    def export(self, user: User, query: QueryDict) -> Exported:
        text = query.get("year", "")
        year = int(text) if text.isdecimal() and text.isascii() and len(text) == len("2026") else today().year
        found = clusters_of(user, year, day_within(year, today()))
        directory = UnitDirectory(user, "view")
        by_authority: dict[Unit, list[Cluster]] = {}
        for cluster in found:
            by_authority.setdefault(cluster.authority, []).append(cluster)
        sheets = [
            sheet_of(authority.name, MEMBER_FIELDS, member_rows(clusters, directory))
            for authority, clusters in by_authority.items()
        ]
        empty = [sheet_of(_("Cụm, khối"), MEMBER_FIELDS, [])]
        title = _("Cụm, khối thi đua năm %(year)s") % {"year": year}
        details = {"year": year, "rows": len(found)}
        return Exported(_("cum-khoi") + f"-{year}", title, sheets or empty, details)


def member_rows(clusters: Iterable[Cluster], directory: UnitDirectory) -> Iterator[dict[str, Value]]:
    for cluster in clusters:
        for member in cluster.standing_members:  # type: ignore[attr-defined]  # clusters_of prefetches them
            place = directory.places.get(member.unit_id)
            yield {
                "cluster_name": cluster.name,
                "cluster_code": cluster.code,
                "kind": str(cluster.get_kind_display()),
                "unit": directory.label_of(place) if place else member.unit.name,
                "standing": str(member.get_standing_display()),
                "block": member.block,
            }
