"""Who launches is told by the paper: asked where that is not who the movement is kept for, and put right."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_cluster, make_kind, make_unit, make_user
from movements.plans import make_movement
from movements.stage import opened, said, sent, text_of
from thidua.audit.models import Entry
from thidua.movements.models import Movement
from thidua.movements.selectors.launchers import Paper, clusters_named, units_named
from thidua.movements.services.checking import open_questions
from thidua.movements.services.launching import candidates, default_recipients
from thidua.organisations.models import ClusterRole, UnitName

pytestmark = pytest.mark.django_db

PLAN = """{header}
Số: 07/KH-CTĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 20 tháng 11 năm 2026

KẾ HOẠCH
{title}

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.
"""
OF_CLUSTER = PLAN.format(
    header="BỘ TƯ PHÁP\nCỤM THI ĐUA SỐ III",
    title="Phát động phong trào thi đua và hoạt động của Cụm Thi đua số III năm 2027",
)
OF_DEPARTMENT = PLAN.format(
    header="UBND TỈNH LÀO CAI\nSỞ TƯ PHÁP", title="Phát động phong trào thi đua của Sở Tư pháp năm 2027"
)
OF_OTHERS = PLAN.format(header="HỘI LUẬT GIA VIỆT NAM", title="Phát động phong trào thi đua năm 2027")
OF_NOBODY = PLAN.format(header="", title="Phát động phong trào thi đua năm 2027")
NAME = "Cụm Thi đua số III (quản lý chuyên ngành)"
OPTION = re.compile(r'<option value="[^"]*"(?: selected)?>([^<]+)</option>')


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rooms(department):
    kind = make_kind("phong", name="Phòng thuộc sở", level="province", is_small_collective=True)
    return [
        make_unit(name, department, kind=kind, is_small_collective=True)
        for name in ("Phòng Hành chính tư pháp", "Phòng Bổ trợ tư pháp")
    ]


@pytest.fixture
def clusters(ministry, departments):
    """Make the third cluster of three years; in each another department leads."""
    return {
        year: make_cluster(
            ministry, *(departments[place:] + departments[:place]), year=year, code="cum-3", name=NAME
        )
        for place, year in enumerate((2025, 2026, 2027))
    }


def dropped(account, text, **given):
    return sent(account, "intake", file=SimpleUploadedFile("ke-hoach.txt", text.encode()), **given)


def doubts(account, movement):
    page = text_of(opened(account, "check", movement.pk))
    return re.findall(r'<p class="check-doubt">.*?</svg> ([^<]*)</p>', page)


def asked(movement):
    return [item.field for item in open_questions(movement.plan)]


def ticked(movement):
    return [unit.name for unit in default_recipients(movement, candidates(movement))]


def test_a_clusters_plan_is_launched_for_the_cluster_of_its_year_by_the_unit_that_leads_it(
    ministry, departments, officer, clusters
):
    dropped(officer, OF_CLUSTER)

    movement = Movement.objects.get()
    assert (movement.cluster, movement.organiser, movement.level) == (
        clusters[2027],
        departments[2],
        "cluster",
    )
    assert (asked(movement), set(ticked(movement))) == ([], {unit.name for unit in departments})


def test_a_cluster_that_its_year_does_not_have_yet_is_that_of_the_year_before_and_asked_about(
    departments, officer, clusters
):
    clusters[2027].delete()

    dropped(officer, OF_CLUSTER)

    movement = Movement.objects.get()
    assert (movement.cluster, movement.organiser) == (clusters[2026], departments[1])
    assert doubts(officer, movement) == [
        "Kế hoạch của năm 2027 nhưng đang lấy cụm của năm 2026: thành viên, cụm trưởng có thể khác."
    ]


def test_a_departments_plan_read_above_it_is_the_departments_and_reaches_its_rooms(
    department, rooms, officer
):
    dropped(officer, OF_DEPARTMENT)

    movement = Movement.objects.get()
    assert (movement.organiser, movement.root_id, asked(movement)) == (department, department.root_id, [])
    assert ticked(movement) == [room.name for room in sorted(rooms, key=lambda room: room.sort_key)]


def test_an_issuer_nobody_knows_is_asked_about_and_holds_the_launch_up(ministry, departments, officer):
    dropped(officer, OF_OTHERS)
    movement = Movement.objects.get()

    answer = sent(officer, "launch", movement.pk, go="1", unit=departments[0].pk)

    assert doubts(officer, movement) == [
        "Không tìm thấy đơn vị, cụm nào tên “Hội Luật gia Việt Nam”; phong trào đang ghi cho Bộ Tư pháp."
    ]
    assert (answer.status_code, "Còn 1 mục cần kiểm tra." in text_of(answer)) == (422, True)


def test_an_issuer_for_which_one_may_not_launch_is_asked_about(ministry, departments, clusters):
    clerk = make_user(departments[0], full_name="Lê Thị Mận")

    dropped(clerk, OF_DEPARTMENT)

    movement = Movement.objects.get()
    assert (movement.organiser, doubts(clerk, movement)) == (
        departments[0],
        [
            "Văn bản do Sở Tư pháp tỉnh Lào Cai ban hành, nhưng phong trào đang ghi cho Sở Tư pháp tỉnh An Giang."
        ],
    )


def test_a_paper_that_tells_of_no_issuer_is_asked_about_and_one_answer_settles_it(ministry, officer):
    dropped(officer, OF_NOBODY)
    movement = Movement.objects.get()
    (question,) = open_questions(movement.plan)

    assert (question.field, question.value) == ("issuer", {"value": "Bộ Tư pháp"})
    assert doubts(officer, movement) == [
        "Máy không thấy văn bản do ai ban hành; phong trào đang ghi cho Bộ Tư pháp."
    ]
    sent(officer, "confirm", movement.pk, item=f"m{question.pk.hex[-10:]}")
    assert asked(movement) == []


def test_who_was_chosen_is_kept_and_asked_about_where_the_paper_says_another(ministry, department, officer):
    dropped(officer, OF_DEPARTMENT, organiser="Bộ Tư pháp")

    movement = Movement.objects.get()
    assert (movement.organiser, asked(movement)) == (ministry, ["issuer"])


def test_who_was_chosen_needs_no_paper_that_says_so(ministry, officer):
    dropped(officer, OF_NOBODY, organiser="Bộ Tư pháp")

    assert asked(Movement.objects.get()) == []


def test_a_cluster_chosen_alone_is_launched_for_by_the_unit_that_leads_it(departments, officer, clusters):
    dropped(officer, OF_CLUSTER, cluster=clusters[2026].pk)

    movement = Movement.objects.get()
    assert (movement.organiser, movement.cluster, asked(movement)) == (
        departments[1],
        clusters[2026],
        ["issuer"],
    )


@pytest.mark.parametrize(
    "issuer", ["Sở Tư pháp Lào Cai", "SO TU PHAP TINH LAO CAI", "Sở tư pháp tỉnh Lào-Cai"]
)
def test_a_unit_is_known_under_every_spelling(department, issuer):
    assert units_named(Paper(issuer)) == [department]


def test_a_unit_is_known_by_the_name_it_bore_on_the_papers_day(department):
    UnitName.objects.create(
        unit=department, valid_from=date(2027, 1, 1), name="Sở Pháp luật", folded="so phap luat", marked=""
    )

    assert units_named(Paper("Sở Tư pháp tỉnh Lào Cai", on=date(2026, 5, 1))) == [department]
    assert units_named(Paper("Sở Pháp luật", on=date(2026, 5, 1))) == []


@pytest.mark.parametrize("issuer", ["Cụm Thi đua số III", "CỤM THI ĐUA SỐ 3", "Cụm thi đua III", "Cụm 3"])
def test_a_cluster_is_known_under_every_spelling_that_of_the_year_first(clusters, issuer):
    named = clusters_named(Paper(issuer, year=2026))

    assert [one.year for one in named] == [2026, 2025, 2027]


@pytest.mark.parametrize("issuer", ["Cụm Thi đua số II", "Cụm Thi đua", "Cục Cụm 3", "Bộ Tư pháp"])
def test_another_cluster_is_not_it(clusters, issuer):
    assert clusters_named(Paper(issuer, "Kế hoạch năm 2026", 2026)) == []


def test_a_plan_the_leading_unit_issues_is_the_clusters_where_its_title_says_so(department, clusters):
    title = "Hoạt động của Cụm Thi đua số III năm 2027"

    assert [one.year for one in clusters_named(Paper(department.name, title, 2027))] == [2027]
    assert clusters_named(Paper("Bộ Tư pháp", title, 2027)) == []


def test_the_check_page_says_at_its_head_who_launches(department, officer, clusters):
    dropped(officer, OF_CLUSTER)

    page = text_of(opened(officer, "check", Movement.objects.get().pk))

    assert f"<b>{department.name}</b> · {NAME} – năm 2027" in page


def test_clusters_are_offered_by_year_each_with_its_year(officer, clusters):
    page = text_of(opened(officer, "intake"))

    assert OPTION.findall(page) == ["Theo văn bản", *(f"{NAME} – năm {year}" for year in (2027, 2026, 2025))]
    assert re.findall(r'<optgroup label="([^"]*)">', page) == ["Năm 2027", "Năm 2026", "Năm 2025"]


def test_the_clusters_of_the_plans_year_are_offered_first(ministry, officer, clusters):
    movement = make_movement(ministry, by=officer, text="A plan on paper.")

    page = text_of(opened(officer, "settings", movement.pk))

    assert re.findall(r'<optgroup label="([^"]*)">', page) == ["Năm 2026", "Năm 2027", "Năm 2025"]


def settings_of(movement, **given):
    return {
        "organiser": movement.organiser.name,
        "cluster": movement.cluster_id or "",
        "kind": movement.kind,
        "level": movement.level,
        "version": movement.version,
    } | given


def test_who_launches_is_put_right_while_the_plan_is_prepared(ministry, department, rooms, officer):
    dropped(officer, OF_DEPARTMENT, organiser="Bộ Tư pháp")
    movement = Movement.objects.get()

    answer = sent(officer, "settings", movement.pk, **settings_of(movement, organiser=department.name))

    movement.refresh_from_db()
    assert (movement.organiser, movement.level, asked(movement)) == (department, "province", [])
    assert [room.name for room in rooms] == sorted(ticked(movement), reverse=True)
    assert said(answer) == ["Phong trào nay ghi cho Sở Tư pháp tỉnh Lào Cai."]
    assert Entry.objects.filter(action="movement.assign").count() == 1


def test_whoever_the_paper_does_not_name_is_asked_about_when_chosen(ministry, departments, officer):
    dropped(officer, OF_DEPARTMENT)
    movement = Movement.objects.get()

    sent(officer, "settings", movement.pk, **settings_of(movement, organiser=departments[0].name))

    movement.refresh_from_db()
    assert (movement.organiser, asked(movement)) == (departments[0], ["issuer"])


def test_a_level_set_by_hand_at_the_same_time_stays(ministry, department, officer):
    dropped(officer, OF_DEPARTMENT, organiser="Bộ Tư pháp")
    movement = Movement.objects.get()

    sent(officer, "settings", movement.pk, **settings_of(movement, organiser=department.name, level="unit"))

    movement.refresh_from_db()
    assert movement.level == "unit"


def test_nobody_gives_a_plan_to_a_unit_that_is_none_of_his(departments):
    clerk = make_user(departments[0], full_name="Lê Thị Mận")
    movement = make_movement(departments[0], by=clerk, text="A plan on paper.")

    answer = sent(clerk, "settings", movement.pk, **settings_of(movement, organiser=departments[1].name))

    movement.refresh_from_db()
    assert (answer.status_code, movement.organiser) == (422, departments[0])
    assert "Không tìm thấy “Sở Tư pháp tỉnh Cà Mau”." in text_of(answer)


def test_somebody_elses_change_is_not_written_over(ministry, department, officer):
    movement = make_movement(ministry, by=officer, text="A plan on paper.")
    given = settings_of(movement, organiser=department.name)
    sent(officer, "settings", movement.pk, **settings_of(movement, kind="round"))

    answer = sent(officer, "settings", movement.pk, **given)

    movement.refresh_from_db()
    assert (answer.status_code, movement.organiser, movement.kind) == (422, ministry, "round")


def test_the_same_file_read_again_for_the_right_unit_is_the_same_paper(ministry, department, officer):
    dropped(officer, OF_DEPARTMENT, organiser="Bộ Tư pháp")

    answer = dropped(officer, OF_DEPARTMENT, organiser=department.name)

    assert (answer.status_code, Movement.objects.count()) == (422, 1)
    page = text_of(answer)
    assert f"đang ghi cho {ministry.name}. Chưa đúng đơn vị thì mở ra và đổi." in page
    assert reverse("movements:check", args=[Movement.objects.get().pk]) in page


def test_the_same_file_of_others_is_not_told_of(departments):
    for unit in departments[:2]:
        dropped(make_user(unit, full_name="Lê Thị Mận"), OF_OTHERS)

    assert Movement.objects.count() == 2


def test_the_clusters_own_person_brings_its_plan_in_without_choosing(departments, clusters):
    account = make_user(departments[1], None, full_name="Hà Thị Cụm")
    ClusterRole.objects.create(
        cluster=clusters[2026], person=account.person, role="lead", valid_from=date(2026, 1, 1)
    )

    dropped(account, OF_CLUSTER)

    movement = Movement.objects.get()
    assert (movement.organiser, movement.cluster) == (departments[1], clusters[2026])


def test_a_launched_movement_stays_with_who_launched_it(stage):
    given = settings_of(stage.movement, organiser="North", kind="round")

    page = text_of(opened(stage.officer, "settings", stage.movement.pk))
    sent(stage.officer, "settings", stage.movement.pk, **given)

    assert 'name="organiser"' not in page
    assert Movement.objects.get(pk=stage.movement.pk).organiser == stage.house


def test_what_the_new_unit_received_is_offered_to_be_answered(stage):
    movement = make_movement(stage.house, by=stage.officer, text="A plan on paper.")
    answer = sent(stage.officer, "settings", movement.pk, **settings_of(movement, organiser="South"))

    assert answer.redirect_chain[-1][0] == reverse("movements:settings", args=[movement.pk])
    assert 'name="answers"' in text_of(answer)
    assert f"House: {stage.movement.name}" in text_of(answer)
