"""The invented sector's units stand together on every day of their history."""

from collections import Counter
from datetime import date, timedelta

import pytest

from thidua.demo.data_files import DATA, read_yaml
from thidua.demo.units import Sector, Unit, load_units

EVE, MERGER = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def sector() -> Sector:
    return load_units()


def turning_days(sector: Sector) -> list[date]:
    days = {unit.founded_on for unit in sector.units} | {event.on for event in sector.events}
    return sorted(days | {day - timedelta(days=1) for day in days if day > date(2010, 1, 1)})


def departments(sector: Sector, day: date) -> list[Unit]:
    return [unit for unit in sector.on(day) if unit.kind == "so"]


def test_sixty_three_departments_become_thirty_four_overnight(sector):
    eve, day = departments(sector, EVE), departments(sector, MERGER)

    assert (len(eve), len(day), len(set(eve) & set(day))) == (63, 34, 11)


def test_every_former_department_goes_into_exactly_one_of_today(sector):
    gone = {unit.code for unit in departments(sector, EVE)} - {u.code for u in departments(sector, MERGER)}

    into = Counter(
        former
        for event in sector.events
        if event.kind == "merge" and event.on == MERGER
        for former in event.predecessors
        if sector.by_code[former].kind == "so"
    )

    assert into == Counter(gone)


def test_the_resolution_of_2025_merges_by_twos_and_threes():
    provinces = read_yaml(DATA / "provinces.yaml")["provinces"]

    sizes = Counter(len(province.get("former", [province])) for province in provinces)

    assert sizes == {1: 11, 2: 17, 3: 6}


@pytest.mark.parametrize(
    ("today", "former"),
    [
        ("Tuyên Quang", {"Hà Giang", "Tuyên Quang"}),
        ("Lào Cai", {"Yên Bái", "Lào Cai"}),
        ("Thái Nguyên", {"Bắc Kạn", "Thái Nguyên"}),
        ("Phú Thọ", {"Vĩnh Phúc", "Hòa Bình", "Phú Thọ"}),
        ("Bắc Ninh", {"Bắc Giang", "Bắc Ninh"}),
        ("Hưng Yên", {"Thái Bình", "Hưng Yên"}),
        ("Hải Phòng", {"Hải Dương", "Hải Phòng"}),
        ("Ninh Bình", {"Hà Nam", "Nam Định", "Ninh Bình"}),
        ("Quảng Trị", {"Quảng Bình", "Quảng Trị"}),
        ("Đà Nẵng", {"Quảng Nam", "Đà Nẵng"}),
        ("Quảng Ngãi", {"Kon Tum", "Quảng Ngãi"}),
        ("Gia Lai", {"Bình Định", "Gia Lai"}),
        ("Khánh Hòa", {"Ninh Thuận", "Khánh Hòa"}),
        ("Lâm Đồng", {"Đắk Nông", "Bình Thuận", "Lâm Đồng"}),
        ("Đắk Lắk", {"Phú Yên", "Đắk Lắk"}),
        ("Hồ Chí Minh", {"Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"}),
        ("Đồng Nai", {"Bình Phước", "Đồng Nai"}),
        ("Tây Ninh", {"Long An", "Tây Ninh"}),
        ("Cần Thơ", {"Sóc Trăng", "Hậu Giang", "Cần Thơ"}),
        ("Vĩnh Long", {"Bến Tre", "Trà Vinh", "Vĩnh Long"}),
        ("Đồng Tháp", {"Tiền Giang", "Đồng Tháp"}),
        ("Cà Mau", {"Bạc Liêu", "Cà Mau"}),
        ("An Giang", {"Kiên Giang", "An Giang"}),
    ],
)
def test_each_new_province_comes_from_the_right_ones(today, former):
    provinces = {row["name"]: row for row in read_yaml(DATA / "provinces.yaml")["provinces"]}

    assert {row["name"] for row in provinces[today]["former"]} == former


def test_eleven_provinces_went_on_unchanged():
    provinces = read_yaml(DATA / "provinces.yaml")["provinces"]

    assert {row["name"] for row in provinces if "former" not in row} == {
        "Hà Nội", "Huế", "Cao Bằng", "Lạng Sơn", "Lai Châu", "Điện Biên",
        "Sơn La", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
    }  # fmt: skip


def test_codes_are_unique(sector):
    assert [code for code, times in Counter(u.code for u in sector.units).items() if times > 1] == []


def test_every_parent_exists_on_every_turning_day(sector):
    orphans = [
        (day, unit.code)
        for day in turning_days(sector)
        for unit in sector.on(day)
        if (parent := unit.parent_on(day)) is not None and not sector.by_code[parent].exists(day)
    ]

    assert orphans == []


def test_no_unit_stands_above_itself_on_any_day(sector):
    circles = [
        (day, unit.code)
        for day in turning_days(sector)
        for unit in sector.on(day)
        if unit.code in ancestors(sector, unit, day)
    ]

    assert circles == []


def ancestors(sector: Sector, unit: Unit, day: date) -> list[str]:
    above: list[str] = []
    parent = unit.parent_on(day)
    while parent is not None and parent not in above:
        above.append(parent)
        parent = sector.by_code[parent].parent_on(day)
    return above


def test_parents_are_listed_before_their_children(sector):
    seen: set[str | None] = {None}
    early = []
    for unit in sector.units:
        early += [unit.code for parent in unit.parents[:1] if parent.code not in seen]
        seen.add(unit.code)

    assert early == []


def test_events_meet_the_lives_of_their_units(sector):
    wrong = [
        event
        for event in sector.events
        if any(sector.by_code[code].dissolved_on != event.on for code in event.predecessors)
        or any(
            sector.by_code[code].founded_on != event.on
            for code in event.successors
            if event.kind in {"merge", "split", "found"}
        )
    ]

    assert wrong == []


def test_whoever_ended_ended_by_an_event(sector):
    told = {code for event in sector.events for code in event.predecessors}
    untold = [
        unit.code
        for unit in sector.units
        if unit.dissolved_on and unit.code not in told and unit.parent not in told
    ]

    assert untold == []


def test_every_kind_of_unit_is_known(sector):
    known = {kind.code for kind in sector.kinds}

    assert {name.kind for unit in sector.units for name in unit.names} == known


def test_a_renamed_unit_keeps_its_code_and_shows_the_name_of_the_day(sector):
    enforcement = sector.by_code["CUC-THADS"]

    assert (enforcement.name_on(date(2025, 2, 28)).name, enforcement.name_on(date(2025, 3, 1)).name) == (
        "Tổng cục Thi hành án dân sự",
        "Cục Quản lý Thi hành án dân sự",
    )


def test_hue_became_a_city_before_the_merger_and_its_enforcement_was_renamed_with_it(sector):
    hue = sector.by_code["THADS-HUE"]

    assert [name.name for name in hue.names] == [
        "Cục Thi hành án dân sự tỉnh Thừa Thiên Huế",
        "Cục Thi hành án dân sự thành phố Huế",
        "Thi hành án dân sự thành phố Huế",
    ]


def test_a_moved_division_stands_under_its_new_department_from_that_day(sector):
    division = sector.by_code["CUC-KTVB.XLVPHC"]

    assert (division.parent_on(date(2026, 1, 14)), division.parent_on(date(2026, 1, 15))) == (
        "CUC-KTVB",
        "CUC-HSHC",
    )


def test_the_ministry_has_about_twenty_four_units_today(sector):
    below = Counter(unit.kind for unit in sector.on(date(2026, 6, 1)) if unit.parent == "BTP")

    assert (below.pop("so"), below.pop("to_chuc_phoi_hop"), below.total()) == (34, 3, 25)


def test_invented_decisions_are_marked_and_their_numbers_begin_with_99(sector):
    decisions = {event.decision for event in sector.events}

    assert {d.number for d in decisions if d.illustrative != d.number.startswith("99")} == set()
