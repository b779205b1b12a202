"""A unit takes awards and quotas of the plan above into its own, with its own numbers."""

import pytest

from factories import make_person, make_role, make_user
from movements.plans import launch, make_movement
from movements.stage import opened, sent, text_of
from thidua.core.drafting.document import Bullets, Paragraph
from thidua.movements.models import Participation
from thidua.movements.papers import award_line, paper_of
from thidua.movements.selectors.items import living
from thidua.movements.services import answering
from thidua.movements.services.own_values import own_award, own_quota

pytestmark = pytest.mark.django_db
PER = "Sở Tư pháp và mỗi cơ quan THADS cấp tỉnh"
BY_MINISTER = {"form": "Bằng khen", "authority": "Bộ trưởng Bộ Tư pháp", "level": "BO", "for": ["collective"]}
BY_HEAD = {"form": "Giấy khen", "authority": "Thủ trưởng đơn vị", "level": "DON_VI", "for": ["individual"]}
OF_ALL = BY_MINISTER | {"quantity": 20}
OURS = {
    "text": f"mỗi {PER} không quá 03 cá nhân",
    "max": 3,
    "for": ["individual"],
    "award": "Bằng khen",
    "per": PER,
}
THEIRS = {
    "text": "mỗi đơn vị thuộc Bộ không quá 01 tập thể",
    "max": 1,
    "award": "Bằng khen",
    "per": "đơn vị thuộc Bộ",
}
ITEMS = (
    ("themes", {"text": "Về đích"}),
    ("contents", {"number": "1", "text": "Một"}),
    ("awards", BY_MINISTER),
    ("awards", BY_HEAD),
    ("awards", OF_ALL),
    ("quotas", OURS),
    ("quotas", THEIRS),
)


@pytest.fixture
def part(ministry, department, officer):
    launch(make_movement(ministry, items=ITEMS, by=officer), [department], by=officer)
    person = make_person("Lò Văn Mai", department, position="Giám đốc Sở")
    make_role(person, department, "head")
    return Participation.objects.get(unit=department)


@pytest.fixture
def clerk(department):
    return make_user(department, full_name="Mai Thị Lan")


def above(part, field):
    return list(living(part.movement.plan).filter(field=field).order_by("order"))


def taken(part, clerk, items, figures=None):
    own = answering.start_own_plan(part.pk, [item.pk for item in items], by=clerk, figures=figures)
    return [
        row.value
        for row in living(own.plan).filter(field__in=("awards", "quotas")).order_by("field", "order")
    ]


def test_the_units_own_and_what_bears_no_number_of_all_is_ticked_at_first(part, clerk):
    page = text_of(opened(clerk, "answer", part.pk))

    offered = [*above(part, "awards"), *above(part, "quotas")]
    ticked = [page.count(f'value="{item.pk}" checked') for item in offered]
    assert ticked == [1, 1, 0, 1, 0]


def test_what_a_higher_body_gives_is_proposed_and_the_head_gives_the_units_own(part, clerk):
    assert taken(part, clerk, above(part, "awards")[:2]) == [
        BY_MINISTER | {"action": "đề nghị tặng"},
        BY_HEAD | {"authority": "Giám đốc Sở Tư pháp tỉnh Lào Cai"},
    ]


def test_an_award_has_the_units_number_or_none(part, clerk):
    one, _other, of_all = above(part, "awards")

    found = taken(part, clerk, [one, of_all], {one.pk: 2, of_all.pk: None})

    assert [value.get("quantity") for value in found] == [2, None]


def test_a_quota_speaks_of_the_unit_alone_with_its_own_number(part, clerk):
    ours = above(part, "quotas")[0]

    assert taken(part, clerk, [ours], {ours.pk: 2}) == [
        {"text": "Không quá 02 cá nhân", "max": 2, "for": ["individual"], "award": "Bằng khen"}
    ]


@pytest.mark.parametrize(
    ("bounds", "text", "figure", "taken_over"),
    [
        ({"min": 2}, "Ít nhất 02 cá nhân", 3, ("Ít nhất 03 cá nhân", 3, None)),
        ({"min": 2, "max": 5}, "Từ 02 đến 05 cá nhân", 4, ("Từ 02 đến 04 cá nhân", 2, 4)),
        ({"min": 2, "max": 5}, "Từ 02 đến 05 cá nhân", 1, ("Từ 01 đến 01 cá nhân", 1, 1)),
        ({"min": 2, "max": 5}, "Từ 02 đến 05 cá nhân", [5, 8], ("Từ 05 đến 08 cá nhân", 5, 8)),
        ({"min": 2, "max": 5}, "Từ 02 đến 05 cá nhân", [1, 2], ("Từ 01 đến 02 cá nhân", 1, 2)),
    ],
)
def test_the_bounds_of_a_quota_follow_its_words(department, bounds, text, figure, taken_over):
    found = own_quota({"text": text} | bounds, department, figure)

    assert (found["text"], found.get("min"), found.get("max")) == taken_over


def test_a_least_number_alone_is_offered_and_kept(ministry, department, officer, clerk):
    least = {"text": "Ít nhất 02 cá nhân", "min": 2, "for": ["individual"], "award": "Bằng khen"}
    launch(
        make_movement(ministry, items=[*ITEMS[:2], ("quotas", least)], by=officer), [department], by=officer
    )
    part = Participation.objects.get(unit=department)
    asked = above(part, "quotas")[0]

    page = text_of(opened(clerk, "answer", part.pk))
    sent(clerk, "answer", part.pk, **{"item": [asked.pk], f"figure-{asked.pk}": "2"})

    part.refresh_from_db()
    assert page.count(f'name="figure-{asked.pk}" value="2"') == 1
    assert living(part.own.plan).get(field="quotas").value == least


def test_the_paper_says_what_was_chosen_on_the_page_and_no_number_twice(part, clerk):
    one, other, _of_all = above(part, "awards")
    ours = above(part, "quotas")[0]
    given = {"item": [one.pk, other.pk, ours.pk], f"figure-{one.pk}": "1", f"figure-{ours.pk}": "3"}

    sent(clerk, "answer", part.pk, **given)

    part.refresh_from_db()
    blocks = next(p for p in paper_of(part.own.plan).parts if p.title == "KHEN THƯỞNG").blocks
    assert [b.text if isinstance(b, Paragraph) else b.items for b in blocks] == [
        "Hình thức khen thưởng:",
        ("Giấy khen của Giám đốc Sở Tư pháp tỉnh Lào Cai: cá nhân.",),
        "Đề nghị cấp có thẩm quyền khen thưởng:",
        ("Bằng khen của Bộ trưởng Bộ Tư pháp: 01 tập thể.",),
        "Số lượng xét khen thưởng:",
        ("Bằng khen: không quá 03 cá nhân.",),
    ]
    assert isinstance(blocks[1], Bullets)


def test_a_quota_that_an_award_counts_already_is_not_printed_again(department):
    items = [
        ("awards", OF_ALL),
        ("quotas", {"text": "tối đa 20 tập thể", "max": 20, "for": ["collective"], "award": "Bằng khen"}),
        ("quotas", {"text": "40 cá nhân", "max": 40, "for": ["individual"], "award": "Bằng khen"}),
    ]

    paper = paper_of(make_movement(department, items=items).plan)

    assert paper.parts[0].blocks[-1].items == ("Bằng khen: 40 cá nhân.",)


@pytest.mark.parametrize(
    ("authority", "given"),
    [
        ("Giám đốc Sở Tư pháp", {"authority": "Giám đốc Sở Tư pháp tỉnh Lào Cai"}),
        ("Giám đốc các Sở Tư pháp", {"authority": "Giám đốc Sở Tư pháp tỉnh Lào Cai"}),
        ("Giám đốc Sở Nội vụ", {"authority": "Giám đốc Sở Nội vụ", "action": "đề nghị tặng"}),
        ("Chủ tịch UBND tỉnh", {"authority": "Chủ tịch UBND tỉnh", "action": "đề nghị tặng"}),
    ],
)
def test_what_the_units_own_director_gives_is_not_proposed_to_somebody(part, authority, given):
    value = {"form": "Giấy khen", "authority": authority}

    assert own_award(value, part.unit) == {"form": "Giấy khen"} | given


@pytest.mark.parametrize(
    ("kinds", "said"),
    [(["collective", "individual"], "tổng số 05 tập thể, cá nhân"), (["individual"], "05 cá nhân")],
)
def test_one_number_for_two_kinds_is_said_of_both_together(kinds, said):
    line = award_line({"form": "Giấy khen", "quantity": 5, "for": kinds})

    assert f"{line.quota} {line.for_whom}" == said
