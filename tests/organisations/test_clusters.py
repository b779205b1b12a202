from datetime import date

import pytest
import time_machine

from factories import make_cluster, make_person, make_unit
from thidua.organisations.models import Cluster, ClusterMember, ClusterRole
from thidua.organisations.problems import ClusterChangeRefusedError
from thidua.organisations.services.clusters import (
    NewCluster,
    add_members,
    appoint,
    change_cluster,
    copy_year,
    create_cluster,
    end_cluster_role,
    give_cluster_role,
    remove_member,
)
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
Standing = ClusterMember.Standing
MAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def ministry():
    return make_unit("Bộ")


@pytest.fixture
def units(ministry):
    return [make_unit(f"Sở {letter}", ministry) for letter in "ABC"]


def codes(error):
    return [problem.code for problem in error.value.problems]


def standings(cluster, day):
    return {member.unit.name: member.standing for member in cluster.members.on(day).select_related("unit")}


def test_a_code_is_used_once_in_a_year(ministry):
    create_cluster(None, NewCluster(ministry, 2026, "cum-1", "Cụm thi đua số 1"))

    with pytest.raises(ClusterChangeRefusedError) as refused:
        create_cluster(None, NewCluster(ministry, 2026, "cum-1", "Cụm khác"))

    assert codes(refused) == ["cluster_code_taken"]
    create_cluster(None, NewCluster(ministry, 2027, "cum-1", "Cụm thi đua số 1"))


def test_a_unit_is_in_one_cluster_of_a_kind(ministry, units):
    make_cluster(ministry, *units)
    second = create_cluster(None, NewCluster(ministry, 2026, "cum-2", "Cụm thi đua số 2"))
    region = create_cluster(None, NewCluster(ministry, 2026, "kv-1", "Khu vực 1", kind=Cluster.Kind.KHU_VUC))

    with pytest.raises(ClusterChangeRefusedError) as refused:
        add_members(None, second, units[:1])

    assert codes(refused) == ["member_already"]
    assert len(add_members(None, region, units[:2], block="Khối 1")) == 2


def test_a_member_taken_out_is_in_until_its_last_day(ministry, units):
    cluster = make_cluster(ministry, *units)
    member = cluster.members.get(unit=units[2])

    remove_member(None, member, last_day=date(2026, 4, 30))

    assert len(standings(cluster, date(2026, 4, 30))) == 3
    assert len(standings(cluster, MAY)) == 2


def test_lead_and_deputies_change_on_their_day(ministry, units):
    cluster = make_cluster(ministry, *units)

    appoint(None, cluster, lead=units[1], deputies=[units[0], units[2]], on=MAY, decision="QĐ 99/QĐ-BTN")

    assert standings(cluster, date(2026, 4, 30)) == {
        "Sở A": Standing.LEAD,
        "Sở B": Standing.MEMBER,
        "Sở C": Standing.MEMBER,
    }
    assert standings(cluster, MAY) == {
        "Sở A": Standing.DEPUTY,
        "Sở B": Standing.LEAD,
        "Sở C": Standing.DEPUTY,
    }


def test_lead_and_deputy_may_change_places_on_the_first_day(ministry, units):
    cluster = make_cluster(ministry, *units)

    appoint(None, cluster, lead=units[1], deputies=[units[0]], on=date(2026, 1, 1), decision="QĐ 99/QĐ-BTN")

    assert standings(cluster, date(2026, 1, 1)) == {
        "Sở A": Standing.DEPUTY,
        "Sở B": Standing.LEAD,
        "Sở C": Standing.MEMBER,
    }


def test_only_members_lead_and_only_once(ministry, units):
    cluster, stranger = make_cluster(ministry, *units), make_unit("Sở D", ministry)

    with pytest.raises(ClusterChangeRefusedError) as refused:
        appoint(None, cluster, lead=stranger, deputies=[stranger], on=date(2027, 1, 1), decision="")

    assert codes(refused) == ["day_outside_year", "not_a_member", "not_a_member", "lead_and_deputy"]


def test_a_representative_works_in_the_leading_unit(ministry, units):
    cluster = make_cluster(ministry, *units)
    inside = make_person("Lê An", make_unit("Văn phòng", units[0]))
    outside = make_person("Lê Bình", units[1])

    given = give_cluster_role(None, cluster, inside, ClusterRole.Role.LEAD, valid_from=date(2026, 3, 1))
    with pytest.raises(ClusterChangeRefusedError) as refused:
        give_cluster_role(None, cluster, outside, ClusterRole.Role.LEAD, valid_from=date(2026, 3, 1))

    assert given.valid_until == date(2027, 1, 1)
    assert codes(refused) == ["not_of_leading_unit"]


def test_the_representative_goes_when_the_unit_no_longer_leads(ministry, units):
    cluster, person = make_cluster(ministry, *units), make_person("Lê An", make_unit("Phòng", None))
    person = make_person("Lê An", units[0])
    role = give_cluster_role(None, cluster, person, ClusterRole.Role.LEAD, valid_from=date(2026, 3, 1))

    appoint(None, cluster, lead=units[1], deputies=[], on=MAY, decision="QĐ 99/QĐ-BTN")

    role.refresh_from_db()
    assert role.valid_until == MAY


def test_a_role_ended_is_held_on_its_last_day(ministry, units):
    cluster, person = make_cluster(ministry, *units), make_person("Lê An", units[0])
    role = give_cluster_role(None, cluster, person, ClusterRole.Role.LEAD, valid_from=date(2026, 3, 1))

    end_cluster_role(None, role, last_day=date(2026, 3, 31))

    assert cluster.roles.on(date(2026, 3, 31)).count() == 1
    assert cluster.roles.on(date(2026, 4, 1)).count() == 0


def test_last_years_clusters_are_copied_with_successors_and_without_leads(ministry, units):
    cluster = make_cluster(ministry, *units, year=2025)
    cluster.members.filter(unit=units[2]).update(block="Khối 2")
    reorganise(None, Merge((units[1],), units[0]), on=date(2026, 1, 1), decision="QĐ 99/QĐ-BTN")

    copies = copy_year(None, ministry, from_year=2025, to_year=2026)

    rows = copies[0].members.values_list("unit__name", "standing", "block")
    assert set(rows) == {("Sở A", Standing.MEMBER, ""), ("Sở C", Standing.MEMBER, "Khối 2")}
    with pytest.raises(ClusterChangeRefusedError) as refused:
        copy_year(None, ministry, from_year=2025, to_year=2026)
    assert codes(refused) == ["cluster_year_taken"]


def test_two_editors_of_one_cluster_do_not_overwrite_each_other(ministry, units):
    cluster = make_cluster(ministry, *units)
    change_cluster(None, cluster, version=cluster.version, regulation="Quy chế 12/QC-CTĐ")

    with pytest.raises(ChangedMeanwhileError):
        change_cluster(None, cluster, version=cluster.version, regulation="Quy chế khác")

    assert Cluster.objects.get().regulation == "Quy chế 12/QC-CTĐ"
