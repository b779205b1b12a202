from datetime import date

import pytest
import time_machine

from exchange.imports import changes, codes_of, outcomes, previewed, saved, workbook
from factories import make_cluster, make_person, make_unit, make_user
from thidua.exchange.services import undoing
from thidua.organisations.models import Cluster, ClusterMember, UnitRole
from thidua.organisations.services.clusters import give_cluster_role, remove_member

pytestmark = pytest.mark.django_db
HEADINGS = ("Cụm thi đua", "Đơn vị", "Vai trò", "Nhóm")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def top():
    return make_unit("Bộ Thử nghiệm")


@pytest.fixture
def offices(top):
    return [make_unit(f"Sở {letter}", top) for letter in "ABCD"]


@pytest.fixture
def keeper(top):
    return make_user(top, UnitRole.Role.STAFF_ADMIN)


def members(user, top, *rows, headings=HEADINGS):
    content = workbook(headings, *rows)
    options = {"authority": str(top.pk), "authority_name": top.name, "year": 2026}
    return previewed(user, content, target="clusters", **options)


def standing_of(cluster):
    return {m.unit.name: (m.standing, m.block) for m in cluster.members.select_related("unit")}


def test_clusters_are_made_with_their_members(top, offices, keeper):
    rows = [
        ("Cụm số 1", "Sở A", "Trưởng cụm", ""),
        ("cụm số 1", "Sở B", "phó", "Nhóm I"),
        ("Khối các Sở", "Sở C", "", ""),
    ]

    batch = saved(keeper, members(keeper, top, *rows))

    first, second = Cluster.objects.order_by("code")
    assert batch.counts == {"create": 3}
    assert (first.name, first.kind, first.code, first.year, first.authority) == (
        "Cụm số 1",
        "cum",
        "cum-so-1",
        2026,
        top,
    )
    assert (second.name, second.kind) == ("Khối các Sở", "khoi")
    assert standing_of(first) == {"Sở A": ("lead", ""), "Sở B": ("deputy", "Nhóm I")}
    assert set(ClusterMember.objects.values_list("valid_from", flat=True)) == {date(2026, 1, 1)}


def test_members_join_a_cluster_that_is_there(top, offices, keeper):
    cluster = make_cluster(top, offices[0], name="Cụm số 1", code="c1")

    batch = saved(keeper, members(keeper, top, ("c1", "Sở A"), ("c1", "Sở B"), headings=("Mã cụm", "Đơn vị")))

    assert batch.counts == {"same": 1, "create": 1}
    assert standing_of(cluster) == {"Sở A": ("lead", ""), "Sở B": ("member", "")}


def test_a_block_is_changed_and_put_back(top, offices, keeper):
    cluster = make_cluster(top, *offices[:2], name="Cụm số 1")

    batch = saved(keeper, members(keeper, top, ("Cụm số 1", "Sở B", "Phó", "Nhóm I")))
    changed = standing_of(cluster)
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)

    assert changes(batch) == {2: {"block": ["", "Nhóm I"], "standing": ["Thành viên", "Cụm phó"]}}
    assert (changed["Sở B"], standing_of(cluster)["Sở B"]) == (("deputy", "Nhóm I"), ("member", ""))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Cụm số 1", "Sở B", "Trưởng", ""), "lead_taken"),
        (("Cụm số 1", "Sở A", "Thành viên", ""), "standing_differs"),
        (("Cụm số 2", "Sở A", "", ""), "member_already"),
        (("Cụm số 1", "Bộ Thử nghiệm", "", ""), "outside_authority"),
        (("Cụm số 1", "Trung tâm Y", "", ""), "unit_unknown"),
        (("", "Sở B", "Phó", ""), "missing"),
        (("Cụm số 1", "Sở B", "quan sát", ""), "not_a_choice"),
    ],
)
def test_what_does_not_fit_the_year_is_refused(top, offices, keeper, row, code):
    make_cluster(top, offices[0], name="Cụm số 1")

    assert codes_of(members(keeper, top, row)) == {2: [code]}


def test_one_unit_stands_in_one_cluster_of_the_file(top, offices, keeper):
    batch = members(
        keeper, top, ("Cụm 1", "Sở A", "", ""), ("Cụm 2", "Sở A", "", ""), ("Khối", "Sở A", "", "")
    )

    assert codes_of(batch) == {2: [], 3: ["twice_in_file"], 4: []}


def test_a_unit_placed_since_the_preview_is_not_placed_twice(top, offices, keeper):
    batch = members(keeper, top, ("Cụm 1", "Sở A", "", ""), ("Cụm 1", "Sở B", "", ""))
    make_cluster(top, offices[0], name="Cụm khác", code="khac")

    batch = saved(keeper, batch)

    assert codes_of(batch) == {2: ["member_already"], 3: []}


def test_undoing_takes_new_clusters_along(top, offices, keeper):
    batch = saved(keeper, members(keeper, top, ("Cụm 1", "Sở A", "", "")))

    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)

    assert (Cluster.objects.count(), ClusterMember.objects.count()) == (0, 0)


@pytest.mark.parametrize("use", ["role", "gone"])
def test_undoing_is_refused_once_the_cluster_is_in_use(top, offices, keeper, use):
    batch = saved(keeper, members(keeper, top, ("Cụm 1", "Sở A", "Trưởng", "")))
    cluster = Cluster.objects.get()
    if use == "role":
        person = make_person("Lê An", offices[0])
        give_cluster_role(None, cluster, person, "lead", valid_from=date(2026, 2, 1))
    else:
        remove_member(None, cluster.members.get(), last_day=date(2026, 2, 28))

    with pytest.raises(undoing.CannotUndoError):
        undoing.begin_undo(batch, by=keeper, version=batch.version)


def test_officers_of_a_member_may_not_arrange_the_clusters(top, offices):
    user = make_user(offices[0], UnitRole.Role.STAFF_ADMIN)

    batch = saved(user, members(user, top, ("Cụm 1", "Sở A", "", "")))

    assert (codes_of(batch), Cluster.objects.count()) == ({2: ["unit_not_yours"]}, 0)
    assert outcomes(batch) == {2: "refuse"}
