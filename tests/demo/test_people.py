"""The invented people are the same every time and fit the units' history."""

from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import get_args

import pytest

from thidua.demo.people import STAFFED_ON, Person, generate_people
from thidua.demo.posts import StaffKind
from thidua.demo.units import load_units

SEED = 2026


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return generate_people(SEED, load_units())


def fingerprint(people: tuple[Person, ...]) -> str:
    return sha256("\n".join(map(repr, people)).encode()).hexdigest()[:16]


def test_the_same_seed_gives_the_same_people_on_every_machine(people):
    assert fingerprint(people) == "43b6f3e60096b2cd"


def test_another_seed_gives_other_people_but_the_named_ones_stay(people):
    others = generate_people(SEED + 1, load_units())

    assert fingerprint(others) != fingerprint(people)
    assert others[0] == people[0]


def test_there_are_about_two_thousand(people):
    assert 1900 <= len(people) <= 2150


def test_staff_codes_and_addresses_belong_to_one_person_each(people):
    codes, addresses = Counter(p.staff_code for p in people), Counter(p.email for p in people)

    assert (max(codes.values()), max(addresses.values())) == (1, 1)


def test_every_address_is_in_a_domain_that_cannot_exist(people):
    assert {p.email.rpartition(".")[2] for p in people} == {"invalid"}


def test_nobody_sits_in_a_unit_on_a_day_it_did_not_exist(people):
    units = load_units().by_code

    wrong = [
        (p.staff_code, post)
        for p in people
        for post in p.posts
        if not units[post.unit].exists(post.valid_from)
        or (
            (ended := units[post.unit].dissolved_on) is not None
            and (post.valid_until is None or post.valid_until > ended)
        )
    ]

    assert wrong == []


def test_main_posts_follow_each_other_without_gap_or_overlap(people):
    wrong = [
        (p.staff_code, earlier, later)
        for p in people
        for earlier, later in pairwise(post for post in p.posts if post.kind == "main")
        if earlier.valid_until != later.valid_from
    ]

    assert wrong == []


def test_every_post_lasts_at_least_a_day(people):
    assert [
        (p.staff_code, post)
        for p in people
        for post in p.posts
        if post.valid_until is not None and post.valid_until <= post.valid_from
    ] == []


def test_every_unit_today_has_one_head_at_most_and_nearly_all_have_one(people):
    heads = Counter(
        post.unit
        for p in people
        for post in p.posts
        if post.valid_until is None and post.position in {"Giám đốc Sở", "Trưởng Thi hành án dân sự"}
    )

    assert (len(heads), max(heads.values())) == (68, 1)


def test_ages_are_those_of_people_at_work(people):
    ages = [
        (STAFFED_ON - p.born_on).days / 365.25
        for p in people
        if p.main_post.valid_until is None and p.main_post.staff_kind in {"civil_servant", "public_employee"}
    ]

    assert min(ages) >= 22
    assert max(ages) <= 61.5


def test_no_one_began_work_as_a_child(people):
    assert min((p.posts[0].valid_from - p.born_on).days / 365.25 for p in people) >= 20


def test_hard_cases_are_among_them(people):
    posts = [post for p in people for post in p.posts]

    assert {post.kind for post in posts} == {"main", "secondment", "concurrent"}
    assert {leave.kind for p in people for leave in p.leaves} >= {"maternity", "study"}
    assert {post.staff_kind for post in posts} == set(get_args(StaffKind))


def test_names_that_differ_by_a_tone_or_by_nothing_are_different_people(people):
    named = {p.staff_code: str(p.name) for p in people}

    assert [named[f"TP000{n}"] for n in (40, 41, 42, 45, 46)] == [
        "Nguyễn Văn Dũng",
        "Nguyễn Văn Dụng",
        "Nguyễn Văn Dũng",
        "Đặng Văn Thái",
        "Dang Van Thai",
    ]


def test_maternity_leave_lasts_six_months_and_belongs_to_women(people):
    leaves = [(p.sex, leave) for p in people for leave in p.leaves if leave.kind == "maternity"]

    assert {sex for sex, _ in leaves} == {"female"}
    assert all(182 <= (leave.valid_until - leave.valid_from).days <= 184 for _, leave in leaves)


def test_leaders_were_called_by_the_title_of_the_kind_of_unit_at_that_time(people):
    units = load_units().by_code

    titles = {
        (units[post.unit].name_on(post.valid_from).kind, post.position.removeprefix("Phó "))
        for p in people
        for post in p.posts
        if post.unit in {"CUC-DSKT", "CUC-HSHC", "CUC-PLQT"} and post.position != "Trưởng phòng"
    }

    assert titles == {("vu", "Vụ trưởng"), ("cuc", "Cục trưởng")}


def test_people_of_merged_departments_came_from_the_former_ones(people):
    merger = date(2025, 7, 1)

    origins = {
        p.posts[i - 1].unit.partition(".")[0]
        for p in people
        for i, post in enumerate(p.posts)
        if i and post.unit.startswith("STP-LAO-CAI.") and post.valid_from == merger
    }

    assert origins == {"STP-YEN-BAI", "STP-LAO-CAI-CU"}
