"""«Các phòng thuộc Cục»: the units directly below whoever launches; «Cụm trưởng» where a year has no cluster."""

import pytest

from factories import make_cluster, make_kind, make_role, make_unit, make_user
from movements.plans import make_movement
from movements.stage import opened, sent, text_of
from thidua.movements.services.launching import candidates, default_recipients
from thidua.organisations.models import ClusterMember, UnitRole

pytestmark = pytest.mark.django_db

ROOMS = ("Phòng Hộ tịch", "Phòng Lý lịch tư pháp", "Văn phòng Cục")


@pytest.fixture
def bureau(ministry):
    return make_unit("Cục Hành chính tư pháp", ministry, kind=make_kind("cuc", name="Cục", level="central"))


@pytest.fixture
def rooms(bureau):
    kind = make_kind("phong", name="Phòng thuộc vụ, cục", level="central", is_small_collective=True)
    return [make_unit(name, bureau, kind=kind, is_small_collective=True) for name in ROOMS]


@pytest.fixture
def centre(bureau):
    return make_unit("Trung tâm Lý lịch tư pháp quốc gia", bureau)


def ticked(organiser, *who, **fields):
    movement = make_movement(organiser, items=[("recipients", {"who": one}) for one in who], **fields)
    return [unit.name for unit in default_recipients(movement, candidates(movement))]


@pytest.mark.parametrize(
    "who",
    [
        "Các phòng thuộc Cục",
        "Các phòng thuộc Cục (để t/h)",
        "Trưởng các phòng thuộc Cục",
        "Các phòng chuyên môn thuộc Cục Hành chính tư pháp",
        "Các phòng",
        "Các phòng, văn phòng trực thuộc Cục",
    ],
)
def test_the_rooms_below_are_meant_the_office_among_them(bureau, rooms, centre, who):
    make_unit("Tổ Văn thư", rooms[0])

    assert ticked(bureau, who) == list(ROOMS)


@pytest.mark.parametrize(
    "who", ["Các phòng, đơn vị thuộc Cục", "Các phòng, trung tâm thuộc Cục", "Các đơn vị thuộc Cục"]
)
def test_the_units_below_are_meant_with_the_rooms(bureau, rooms, centre, who):
    assert set(ticked(bureau, who)) == {*ROOMS, centre.name}


def test_a_department_that_writes_to_its_units_reaches_its_office(department):
    kind = make_kind("phong", name="Phòng thuộc sở", level="province", is_small_collective=True)
    below = [
        make_unit(name, department, kind=kind, is_small_collective=True)
        for name in ("Phòng Bổ trợ tư pháp", "Văn phòng Sở")
    ]

    assert ticked(department, "Ban Giám đốc Sở", "Các phòng, đơn vị thuộc Sở (t/h)") == [
        u.name for u in below
    ]


def test_rooms_of_another_body_are_not_those_of_the_launching_one(ministry, bureau, rooms):
    assert ticked(ministry, "Các phòng thuộc Sở") == [bureau.name]  # nobody named: those directly below


def test_in_a_year_without_clusters_the_page_says_so_and_what_to_do(ministry, departments):
    officer = make_user(ministry, full_name="Đỗ Thị Cúc")
    make_role(officer.person, ministry, UnitRole.Role.STAFF_ADMIN)
    movement = make_movement(
        ministry,
        items=[("recipients", {"who": "Các Cụm thi đua"}), ("responsibilities", {"body": "Cụm trưởng"})],
    )

    pages = [
        text_of(opened(officer, "launch", movement.pk)),
        text_of(sent(officer, "launch", movement.pk, unit=departments[0].pk)),
    ]

    told = "Năm 2026 chưa có cụm, khối thi đua nào có trưởng nên “Các Cụm thi đua”, “Cụm trưởng” không khớp đơn vị nào"
    assert [told in page for page in pages] == [True, True]
    assert "/don-vi/cum/?year=2026" in pages[0]


def test_a_year_with_clusters_has_nothing_to_say(ministry, departments, officer):
    make_cluster(ministry, *departments)
    movement = make_movement(ministry, items=[("recipients", {"who": "Các Cụm thi đua"})])

    assert "chưa có cụm, khối thi đua" not in text_of(opened(officer, "launch", movement.pk))
    assert ticked(ministry, "Các Cụm thi đua") == [departments[0].name]


@pytest.mark.parametrize("who", ["Đơn vị Phó Trưởng Cụm", "Phó Trưởng Cụm", "Cụm phó"])
def test_the_deputy_of_a_cluster_is_meant_alone(ministry, departments, who):
    cluster = make_cluster(ministry, *departments)
    cluster.members.filter(unit=departments[1]).update(standing=ClusterMember.Standing.DEPUTY)

    assert ticked(ministry, who) == [departments[1].name]


def test_a_cluster_without_a_deputy_says_so(ministry, departments, officer):
    make_cluster(ministry, *departments)
    movement = make_movement(ministry, items=[("responsibilities", {"body": "Đơn vị Phó Trưởng Cụm"})])

    page = text_of(opened(officer, "launch", movement.pk))

    assert "Cụm, khối thi đua năm 2026 chưa có phó nên “Đơn vị Phó Trưởng Cụm” không khớp đơn vị nào" in page


def test_who_may_not_make_clusters_is_not_led_there(department):
    clerk = make_user(department, full_name="Lê Thị Mận")
    movement = make_movement(department, items=[("recipients", {"who": "Các Cụm thi đua"})])

    page = text_of(opened(clerk, "launch", movement.pk))

    assert ("chưa có cụm, khối thi đua" in page, "cum/chep/" in page) == (True, False)


def test_what_is_told_of_clusters_is_not_told_again_among_strangers(ministry, departments, officer):
    items = [
        ("responsibilities", {"body": body, "duties": ["Họp"]})
        for body in ("Cụm trưởng", "Hội Cựu chiến binh")
    ]
    movement = make_movement(ministry, items=items)

    page = text_of(sent(officer, "launch", movement.pk, unit=departments[0].pk))

    assert "<p>Hội Cựu chiến binh. Những việc này" in page
