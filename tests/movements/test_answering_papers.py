"""A unit's own signed paper answers what the unit received: proposed where the paper cites it, asked where not."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factories import make_cluster, make_user, signed_in
from movements.plans import launch, make_movement
from movements.stage import opened, said, sent, text_of
from thidua.movements.models import Movement, Participation, Plan
from thidua.movements.selectors.answerable import proposals
from thidua.movements.services import answering, checking
from thidua.organisations.models import ClusterRole, UnitRole

pytestmark = pytest.mark.django_db

PARENT = (
    ("number", {"value": "4125/KH-BTP"}),
    ("issued_on", {"value": "2026-11-16"}),
    ("themes", {"text": "Kỷ cương, sáng tạo"}),
    ("contents", {"number": "1", "text": "Hoàn thành nhiệm vụ chuyên môn"}),
)
OTHER = (
    ("number", {"value": "88/KH-BTP"}),
    ("issued_on", {"value": "2026-05-04"}),
    ("themes", {"text": "Chuyển đổi số"}),
)
CITES = {"role": "basis", "type": "KE_HOACH", "number": "4125 /KH-BTP", "date": "2026-11-16"}
OWN = (
    ("number", {"value": "91/KH-STP"}),
    ("issued_on", {"value": "2026-11-21"}),
    ("themes", {"text": "Chủ đề của Sở"}),
    ("legal_basis", CITES),
)
PAPER = """UBND TỈNH LÀO CAI
SỞ TƯ PHÁP
{number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Lào Cai, ngày 21 tháng 11 năm 2026

KẾ HOẠCH
Triển khai thực hiện phong trào thi đua ngành Tư pháp năm 2027

Thực hiện {cited} của Bộ Tư pháp về phát động phong trào thi đua, Sở Tư pháp ban hành Kế hoạch như sau:

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.
"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Hoàng Văn Lâm")


@pytest.fixture
def writer(department):
    return make_user(department, full_name="Lò Thị Yên")


@pytest.fixture
def parent(ministry, departments, officer):
    return launch(make_movement(ministry, items=PARENT, by=officer), departments, by=officer)


@pytest.fixture
def other(ministry, departments, officer):
    return launch(make_movement(ministry, items=OTHER, by=officer), departments, by=officer)


def part_of(movement, unit):
    return Participation.objects.get(movement=movement, unit=unit)


def own_paper(department, by, items=OWN):
    return make_movement(department, items=items, by=by, text="Kế hoạch đã ký của Sở.")


def cited(paper):
    return [one.part.movement for one in proposals(paper) if one.is_cited]


def test_a_paper_that_cites_what_the_unit_received_is_asked_about(parent, other, department, writer):
    paper = own_paper(department, writer)

    page = text_of(opened(writer, "check", paper.pk))

    assert page.count("Kế hoạch này trả lời phong trào “Phong trào thử” (4125/KH-BTP)?") == 1
    assert page.count("88/KH-BTP") == 0


def test_one_click_sets_the_answer(parent, department, writer):
    paper, part = own_paper(department, writer), part_of(parent, department)

    answer = sent(writer, "answers_part", paper.pk, part=str(part.pk), version=paper.version)

    part.refresh_from_db()
    paper.refresh_from_db()
    assert said(answer) == ["Đã ghi: đây là kế hoạch của Sở Tư pháp tỉnh Lào Cai trả lời 4125/KH-BTP."]
    assert (part.own, part.state, paper.answers) == (paper, Participation.State.OWN_PLAN, parent)
    assert part.events.get(state="own_plan").on == date(2026, 11, 21)
    assert cited(Movement.objects.get(pk=paper.pk)) == []


def test_no_is_kept(parent, department, writer):
    paper, part = own_paper(department, writer), part_of(parent, department)

    sent(writer, "answers_part", paper.pk, part=str(part.pk), version=paper.version, no="1")

    part.refresh_from_db()
    assert (part.own, cited(Movement.objects.get(pk=paper.pk))) == (None, [])


def test_no_is_kept_by_who_began_to_edit_before_it_was_said(parent, department, writer):
    paper, part = own_paper(department, writer), part_of(parent, department)
    read_before = Plan.objects.get(movement=paper)
    answering.answer_not(part, paper, by=writer)

    checking.add_item(read_before, "place", {"value": "Lào Cai"}, by=writer)

    plan = Plan.objects.get(movement=paper)
    assert (plan.not_answering, plan.place) == ([str(part.pk)], "Lào Cai")


@pytest.mark.parametrize(
    "basis",
    [
        CITES | {"number": "4126/KH-BTP"},
        CITES | {"date": "2025-11-16"},  # a number comes again each year
        CITES | {"type": "QUYET_DINH"},
    ],
)
def test_another_number_year_or_kind_is_not_the_movement(parent, department, writer, basis):
    paper = own_paper(department, writer, (*OWN[:3], ("legal_basis", basis)))

    assert cited(paper) == []


def test_what_has_its_answer_already_is_not_asked_about(parent, department, chief, writer):
    answering.start_own_plan(part_of(parent, department).pk, [], by=chief)

    assert proposals(own_paper(department, writer)) == []


def test_a_stranger_sets_no_answer(parent, department, departments, writer):
    paper, part = own_paper(department, writer), part_of(parent, department)
    stranger = make_user(departments[0], full_name="Lý A Sùng")

    answer = sent(stranger, "answers_part", paper.pk, part=str(part.pk), version=paper.version)

    part.refresh_from_db()
    assert (answer.status_code, part.own) == (404, None)


@pytest.fixture
def for_cluster(department, departments, writer):
    """A paper of a cluster, written down under the unit that leads it."""
    cluster = make_cluster(department, *(unit for unit in departments if unit != department))
    paper = own_paper(department, writer)
    Movement.objects.filter(pk=paper.pk).update(cluster=cluster)
    return Movement.objects.get(pk=paper.pk)


@pytest.fixture
def deputy(for_cluster, departments):
    """Who acts for the cluster alone, and works in another of its units."""
    person = make_user(departments[0], None, full_name="Tẩn Mùi Coi")
    ClusterRole.objects.create(
        cluster=for_cluster.cluster, person=person.person, role="deputy", valid_from=date(2020, 1, 1)
    )
    return person


def test_who_acts_for_a_cluster_does_not_answer_for_the_unit_that_leads_it(
    parent, department, for_cluster, deputy
):
    part = part_of(parent, department)

    asked = text_of(opened(deputy, "check", for_cluster.pk))
    answers = [
        sent(
            deputy, "answers_part", for_cluster.pk, part=str(part.pk), version=for_cluster.version, **said_no
        )
        for said_no in ({}, {"no": "1"})
    ]

    part.refresh_from_db()
    for_cluster.plan.refresh_from_db()
    assert ([answer.status_code for answer in answers], part.own, part.state) == (
        [404, 404],
        None,
        "received",
    )
    assert (asked.count("Kế hoạch này trả lời phong trào"), for_cluster.plan.not_answering) == (0, [])


def test_nor_does_he_on_the_page_that_says_who_launches(parent, department, for_cluster, deputy):
    part = part_of(parent, department)
    given = {"kind": "regular", "level": "cluster", "version": for_cluster.version}
    launcher = {"organiser": department.name, "cluster": for_cluster.cluster_id}

    opening = opened(deputy, "settings", for_cluster.pk)
    sent(deputy, "settings", for_cluster.pk, **given, **launcher, answers=str(part.pk))

    part.refresh_from_db()
    assert (opening.status_code, part.own, part.state) == (200, None, "received")


def test_the_plan_of_a_cluster_is_no_answer_of_the_unit_that_leads_it(
    parent, department, writer, for_cluster
):
    part = part_of(parent, department)

    answer = sent(writer, "answers_part", for_cluster.pk, part=str(part.pk), version=for_cluster.version)

    part.refresh_from_db()
    assert (answer.status_code, part.own, proposals(for_cluster)) == (404, None, [])


def test_another_units_part_is_not_answered(parent, department, departments, writer):
    paper, theirs = own_paper(department, writer), part_of(parent, departments[0])

    answer = sent(writer, "answers_part", paper.pk, part=str(theirs.pk), version=paper.version)

    theirs.refresh_from_db()
    assert (answer.status_code, theirs.own) == (404, None)


def test_what_changed_meanwhile_is_not_answered_blindly(parent, department, writer):
    paper, part = own_paper(department, writer), part_of(parent, department)

    answer = sent(writer, "answers_part", paper.pk, part=str(part.pk), version=paper.version - 1)

    part.refresh_from_db()
    assert (said(answer), part.own) == (
        ["Người khác vừa đổi phong trào này. Xem lại rồi chọn tiếp nếu cần."],
        None,
    )


def test_a_paper_without_number_is_told_what_it_lacks(parent, department, writer):
    paper, part = own_paper(department, writer, OWN[2:]), part_of(parent, department)

    answer = sent(writer, "answers_part", paper.pk, part=str(part.pk), version=paper.version)

    part.refresh_from_db()
    assert (said(answer), part.own) == (["Văn bản chưa có số hoặc ngày ban hành."], None)


def test_choosing_another_movement_than_the_paper_cites_is_asked_about(parent, other, department, writer):
    paper, part = own_paper(department, writer), part_of(other, department)
    given = {
        "organiser": department.name,
        "kind": "regular",
        "level": "unit",
        "answers": str(part.pk),
        "version": paper.version,
    }

    asked = sent(writer, "settings", paper.pk, **given)
    part.refresh_from_db()
    before = part.own
    sent(writer, "settings", paper.pk, **given, insisted="on")

    part.refresh_from_db()
    sentence = (
        "Văn bản dẫn 4125/KH-BTP, phong trào đang chờ kế hoạch của đơn vị, mà không dẫn phong trào bạn chọn."
    )
    shown = text_of(asked).count(sentence)  # at the head of the form and at its field
    assert (asked.status_code, shown, before) == (422, 2, None)
    assert part.own == paper


def upload(writer, part, cited, number="Số: 91/KH-STP"):
    file = SimpleUploadedFile("ke-hoach.txt", PAPER.format(cited=cited, number=number).encode())
    address = reverse("movements:intake", query={"tra-loi": part.pk})
    return signed_in(Client(), writer).post(address, {"file": file}, follow=True)


def test_the_page_that_begins_a_plan_offers_to_bring_a_signed_one(parent, department, writer):
    part = part_of(parent, department)

    page = opened(writer, "answer", part.pk).content.decode()

    assert page.count(f'href="{reverse("movements:intake")}?tra-loi={part.pk}"') == 1


def test_a_paper_brought_in_as_the_answer_answers_at_once(parent, department, writer):
    part = part_of(parent, department)

    answer = upload(writer, part, "Kế hoạch số 4125/KH-BTP ngày 16 tháng 11 năm 2026")

    part.refresh_from_db()
    assert part.own is not None
    assert (part.own.organiser, part.own.answers, part.own.plan.number) == (department, parent, "91/KH-STP")
    assert answer.redirect_chain[-1][0] == reverse("movements:check", args=[part.own.pk])


def test_a_paper_brought_in_for_another_movement_than_it_cites_is_asked_about(
    parent, other, department, writer
):
    part = part_of(other, department)

    page = text_of(upload(writer, part, "Kế hoạch số 4125/KH-BTP ngày 16 tháng 11 năm 2026"))

    part.refresh_from_db()
    assert part.own is None
    assert page.count("Kế hoạch này trả lời phong trào “Phong trào thử” (4125/KH-BTP)?") == 1
    assert page.count("Kế hoạch này trả lời phong trào “Phong trào thử” (88/KH-BTP)?") == 1
    assert page.count("Văn bản không dẫn số của phong trào này.") == 1


def test_a_paper_brought_in_without_number_waits_for_it(parent, department, writer):
    part = part_of(parent, department)

    page = text_of(upload(writer, part, "kế hoạch năm 2027", number=""))

    part.refresh_from_db()
    assert part.own is None
    assert page.count("Văn bản chưa có số hoặc ngày ban hành: điền số, ngày rồi chọn Có.") == 1


def test_nobody_brings_in_an_answer_for_another_unit(parent, department, departments):
    stranger = make_user(departments[0], full_name="Lý A Sùng")

    answer = upload(stranger, part_of(parent, department), "Kế hoạch số 4125/KH-BTP")

    assert answer.status_code == 404
