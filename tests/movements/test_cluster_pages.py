"""Who acts for a cluster brings its plan in and launches it, without a role in any unit."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_cluster, make_user
from movements.plans import launch, make_movement
from movements.stage import opened, sent, text_of
from thidua.demo.data_files import PLANS
from thidua.movements.models import Movement
from thidua.movements.selectors.work import work_of
from thidua.movements.services.answering import start_own_plan
from thidua.movements.services.launching import NotReadyError
from thidua.organisations.models import ClusterRole
from thidua.organisations.permissions import scope_of

pytestmark = pytest.mark.django_db

PLAN = """CỤM THI ĐUA SỐ 1
Số: 7/KH-CTĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 20 tháng 01 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2026 của cụm

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.
"""
KEPT_FOR = re.compile(r"không rõ thì ghi cho ([^<]*) và hỏi lại")
NAME_THE_CLUSTER = "Bạn phát động cho West với tư cách cụm trưởng: chọn cụm do đơn vị này làm cụm trưởng."


@pytest.fixture
def cluster(stage):
    return make_cluster(stage.house, stage.west, stage.south)


@pytest.fixture
def lead(stage, cluster):
    account = make_user(stage.west, None, full_name="Cao Cluster")
    ClusterRole.objects.create(
        cluster=cluster, person=account.person, role="lead", valid_from=date(2026, 1, 1)
    )
    return account


def dropped(account, **given):
    return sent(account, "intake", file=SimpleUploadedFile("cum.txt", PLAN.encode()), **given)


def of_clusters():
    return Movement.objects.filter(cluster__isnull=False)


@pytest.mark.parametrize("page", ["list", "work"])
def test_the_lead_of_a_cluster_is_shown_the_way_to_bring_its_plan_in(lead, page):
    assert reverse("movements:intake") in text_of(opened(lead, page))


def test_the_form_says_that_an_unclear_paper_is_kept_for_the_cluster_and_the_unit_that_leads_it(
    lead, cluster
):
    page = text_of(opened(lead, "intake"))

    assert KEPT_FOR.findall(page) == ["West · Cụm thi đua số 1 – năm 2026"]


def test_the_lead_of_a_cluster_brings_its_plan_in_and_launches_it(stage, lead, cluster):
    answer = dropped(lead, organiser=stage.west.name, cluster=cluster.pk)

    movement = of_clusters().get()
    assert answer.redirect_chain[-1][0] == reverse("movements:check", args=[movement.pk])
    assert (movement.organiser, movement.cluster, movement.level) == (stage.west, cluster, "cluster")

    sent(lead, "launch", movement.pk, go="1", unit=[stage.west.pk, stage.south.pk])

    movement.refresh_from_db()
    assert (movement.status, movement.participations.filter(is_visible=True).count()) == ("launched", 2)


def test_the_lead_of_a_cluster_launches_nothing_for_the_unit_alone(stage, lead):
    answer = dropped(lead, organiser=stage.west.name)

    assert (answer.status_code, NAME_THE_CLUSTER in text_of(answer)) == (422, True)
    assert Movement.objects.filter(organiser=stage.west).exists() is False


def test_the_lead_of_a_cluster_launches_nothing_for_a_cluster_led_by_others(stage, lead, cluster):
    other = make_cluster(stage.house, stage.south, stage.west, code="cum-2", name="Cụm thi đua số 2")
    ClusterRole.objects.create(cluster=other, person=lead.person, role="deputy", valid_from=date(2026, 1, 1))

    answer = dropped(lead, organiser=stage.west.name, cluster=other.pk)

    assert (answer.status_code, of_clusters().count()) == (422, 0)


def test_the_leading_unit_is_not_asked_to_answer_its_own_plan(stage, cluster):
    officers = [make_user(unit, full_name=f"Officer of {unit.name}") for unit in (stage.west, stage.south)]
    launch(make_movement(stage.west, cluster=cluster), [stage.west, stage.south], by=officers[0])

    asked = [work_of(scope_of(one), on=date(2026, 3, 2)).unanswered for one in officers]

    assert [[part.unit for part in parts if part.movement.cluster_id] for parts in asked] == [
        [],
        [stage.south],
    ]


def test_who_no_longer_leads_is_refused(stage, lead):
    ClusterRole.objects.update(valid_until=date(2026, 2, 1))

    assert (opened(lead, "intake").status_code, dropped(lead, organiser=stage.west.name).status_code) == (
        403,
        403,
    )


def test_a_sample_is_brought_in_for_the_cluster_and_not_for_its_leading_unit_alone(
    stage, lead, cluster, settings
):
    settings.SAMPLE_PLANS = PLANS

    answer = sent(lead, "take_sample", "04-cao-diem-so-lao-cai-2025.txt")

    movement = Movement.objects.get(organiser=stage.west)
    assert (answer.status_code, movement.cluster, movement.level) == (200, cluster, "cluster")
    assert answer.redirect_chain[-1][0] == reverse("movements:check", args=[movement.pk])


def test_of_several_clusters_led_the_latest_is_the_one_for_an_unclear_paper(stage, lead, cluster):
    for year, name in ((2024, "A"), (2026, "B"), (2025, "C"), (2026, "D"), (2023, "E")):
        other = make_cluster(stage.house, stage.west, code=name, name=name, year=year)
        ClusterRole.objects.create(
            cluster=other, person=lead.person, role="lead", valid_from=date(2026, 1, 1)
        )

    page = text_of(opened(lead, "intake"))

    assert KEPT_FOR.findall(page) == ["West · B – năm 2026"]


@pytest.mark.parametrize("page", ["list", "work"])
def test_who_acts_for_a_cluster_that_nobody_leads_is_not_shown_a_way_that_is_closed(lead, cluster, page):
    cluster.members.update(standing="member")

    assert opened(lead, "intake").status_code == 403
    assert reverse("movements:intake") not in text_of(opened(lead, page))


def test_an_officer_launches_for_the_unit_without_a_cluster(stage, cluster):
    dropped(stage.stranger, organiser=stage.west.name)

    assert Movement.objects.get(organiser=stage.west).cluster is None


def test_the_leads_own_unit_is_not_asked_to_answer_its_own_plan(stage, cluster):
    movement = launch(
        make_movement(stage.west, cluster=cluster), [stage.west, stage.south], by=stage.stranger
    )
    own, other = (movement.participations.get(unit=unit) for unit in (stage.west, stage.south))

    pages = [
        opened(stage.stranger, *where)
        for where in (("detail", movement.pk), ("part", movement.pk, own.unit_id))
    ]
    refused = opened(stage.stranger, "answer", own.pk)

    assert (own.state, other.state) == ("launched", "received")
    assert set(own.events.values_list("state", flat=True)) == {"received", "own_plan", "launched"}
    assert [reverse("movements:answer", args=[own.pk]) in text_of(page) for page in pages] == [False, False]
    assert (refused.status_code, refused.url) == (302, reverse("movements:detail", args=[movement.pk]))
    assert [part.unit for part in work_of(scope_of(stage.stranger), on=date(2026, 3, 2)).unanswered] == []


def test_no_door_lets_a_unit_answer_its_own_plan(stage, cluster):
    movement = launch(make_movement(stage.west, cluster=cluster), [stage.west], by=stage.stranger)

    with pytest.raises(NotReadyError):
        start_own_plan(movement.participations.get().pk, [], by=stage.stranger)
