import pytest

from factories import make_person, make_role, make_unit, make_user
from movements.plans import launch, make_movement
from thidua.core.drafting.document import Bullets, Paragraph
from thidua.core.drafting.flow import Headed, flow
from thidua.movements.models import Duty, Participation, PlanItem
from thidua.movements.papers import paper_of
from thidua.movements.selectors.items import living
from thidua.movements.services import answering
from thidua.movements.services.checking import open_questions

pytestmark = pytest.mark.django_db
HEADING, BODY, OTHER = "1. Trợ giúp pháp lý", "100% yêu cầu được tiếp nhận.", "2. Chuyển đổi số"
ITEMS = (
    ("number", {"value": "12/KH-BTP"}),
    ("issued_on", {"value": "2026-01-20"}),
    ("doc_type", {"value": "KE_HOACH"}),
    ("themes", {"text": "Kỷ cương, sáng tạo"}),
    ("period", {"from": "2026-01-20", "to": "2026-12-31"}),
    ("purposes", {"text": "Mục đích của Bộ."}),
    ("contents", {"number": "1", "text": "Trợ giúp pháp lý"}),
    ("contents", {"number": "2", "text": "Chuyển đổi số"}),
    ("targets", {"text": "Đạt từ 84,5% trở lên", "op": ">=", "value": 84.5, "unit": "%"}),
    ("phases", {"name": "Đợt II", "from": "2026-07-01", "to": "2026-12-31"}),
    ("phases", {"name": "Đợt II", "from": "2026-07-20", "to": "2026-08-28"}),
    ("deadlines", {"what": "Báo cáo tổng kết gửi", "relation": "before", "due": "2026-12-05"}),
    ("deadlines", {"what": "Các đơn vị ban hành kế hoạch", "who": "Các đơn vị", "relation": "by", "due": "2026-02-15"}),
    ("deadlines", {"what": "Bàn giao số liệu", "relation": "before", "due": "2026-03-31"}),
    ("responsibilities", {"body": "Giám đốc Sở Tư pháp các tỉnh", "duties": ["Quan tâm khen thưởng hòa giải viên"]}),
    ("responsibilities", {"body": "Sở Tư pháp tỉnh An Giang", "duties": ["Việc riêng của An Giang"]}),
    ("responsibilities", {"body": "Các đơn vị", "duties": ["Xây dựng kế hoạch", "Gửi số liệu hằng tháng"]}),
)  # fmt: skip


@pytest.fixture
def parent(ministry, departments, officer):
    movement = make_movement(ministry, items=ITEMS, by=officer)
    write_document(movement.plan)
    return launch(movement, departments, by=officer)


def write_document(plan, body=BODY):
    """Let the contents stand in a document: a heading, what it says, the next heading."""
    blocks, at = [], 0
    for text in (HEADING, body, OTHER):
        blocks.append([at, at + len(text), "paragraph", text != body, False, None, None])
        at += len(text) + 1
    plan.text, plan.blocks = f"{HEADING}\n{body}\n{OTHER}", blocks
    plan.save()
    for item, start in zip(
        living(plan).filter(field="contents").order_by("order"), (0, blocks[2][0]), strict=True
    ):
        PlanItem.objects.filter(pk=item.pk).update(start=start, end=start + 5)


@pytest.fixture
def head(department):
    person = make_person("Lò Văn Mai", department, position="Giám đốc Sở")
    make_role(person, department, "head")
    return make_user(department, "officer")


@pytest.fixture
def divisions(department):
    return [make_unit(name, department) for name in ("Văn phòng Sở", "Trung tâm trợ giúp pháp lý nhà nước")]


@pytest.fixture
def begin(parent, department, divisions, head):
    part = Participation.objects.get(movement=parent, unit=department)

    def start(*fields, figures=None):
        chosen = living(parent.plan).filter(field__in=fields).values_list("pk", flat=True)
        return answering.start_own_plan(part.pk, list(chosen), by=head, figures=figures)

    return start


def values(movement, field):
    return [item.value for item in living(movement.plan).filter(field=field).order_by("order", "id")]


def test_the_duties_are_those_of_this_unit_for_its_own_bodies(begin):
    assert [(v["body"], v["duties"][0]) for v in values(begin("contents"), "responsibilities")] == [
        ("Lãnh đạo Sở", "Quan tâm khen thưởng hòa giải viên."),
        ("Văn phòng Sở", "Gửi số liệu hằng tháng."),
        (
            "Trung tâm trợ giúp pháp lý nhà nước",
            "Tham mưu, tổ chức thực hiện nội dung “Trợ giúp pháp lý”.",
        ),
        (
            "Các phòng, đơn vị thuộc Sở",
            (
                "Phổ biến Kế hoạch đến từng công chức, viên chức, người lao động; đăng ký thi đua và giao chỉ tiêu "
                "thành việc của từng người."
            ),
        ),
    ]


def test_purposes_are_the_units_own_and_those_chosen_follow(begin):
    texts = [v["text"] for v in values(begin("purposes"), "purposes")]

    assert (len(texts), texts[-1]) == (3, "Mục đích của Bộ.")


def test_a_content_brings_what_stands_under_its_heading(begin):
    assert [v.get("details") for v in values(begin("contents"), "contents")] == [[BODY], None]


def test_terms_stand_by_their_day_with_the_body_that_does_them_and_without_the_plan_itself(begin):
    assert [(v["what"], v["who"], v["due"]) for v in values(begin("contents"), "deadlines")] == [
        ("Bàn giao số liệu", "Các phòng, đơn vị thuộc Sở", "2026-03-31"),
        ("Gửi báo cáo tổng kết", "Văn phòng Sở", "2026-12-05"),
    ]


def test_a_term_within_a_content_left_out_is_left_out(begin, parent):
    inside = len(HEADING) + 1
    living(parent.plan).filter(value__what="Bàn giao số liệu").update(start=inside, end=inside + 4)

    assert [v["what"] for v in values(begin("targets"), "deadlines")] == ["Gửi báo cáo tổng kết"]


def test_the_units_own_figure_stands_in_the_targets_words_too(begin, parent):
    target = living(parent.plan).get(field="targets")

    own = begin("targets", figures={target.pk: 87})

    assert values(own, "targets") == [{"text": "Đạt từ 87% trở lên", "op": ">=", "value": 87, "unit": "%"}]


@pytest.mark.parametrize(("figure", "waits"), [(150, ["targets"]), (100, [])])
def test_a_share_over_the_whole_is_asked_of_the_units_own_figure_too(begin, parent, figure, waits):
    target = living(parent.plan).get(field="targets")

    own = begin("contents", "targets", figures={target.pk: figure})

    assert [one.field for one in open_questions(own.plan)] == waits


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Phấn đấu đạt từ 84,5% trở lên.", "Phấn đấu đạt từ 87% trở lên."),
        ("Mọi việc đạt từ 84,5% trở lên; 84,5% là số cũ.", "Mọi việc đạt từ 87% trở lên; 84,5% là số cũ."),
        ("Có 84,5% hộ được tuyên truyền.", "Có 84,5% hộ được tuyên truyền."),
    ],
)
def test_the_units_own_figure_stands_wherever_the_plan_speaks_of_that_target(begin, parent, said, told):
    target = living(parent.plan).get(field="targets")
    content = living(parent.plan).get(field="contents", value__number="2")
    PlanItem.objects.filter(pk=content.pk).update(value={"number": "2", "text": said})
    Duty.objects.filter(movement=parent, text__startswith="Gửi số liệu").update(text=said)

    own = begin("contents", "targets", figures={target.pk: 87})

    assert values(own, "contents")[1]["text"] == told
    assert values(own, "responsibilities")[1]["duties"][0] == f"{told.rstrip('.')}."


def test_a_high_point_does_not_bear_the_name_of_its_round(begin):
    assert [v["name"] for v in values(begin(), "phases")] == ["Đợt II", "Cao điểm trong Đợt II"]


def test_the_paper_says_that_the_unit_carries_the_movement_out(begin):
    paper = paper_of(begin("contents", "targets").plan)

    assert paper.opening[0].text == (
        "Sở Tư pháp tỉnh Lào Cai ban hành Kế hoạch thực hiện phong trào thi đua “Kỷ cương, sáng tạo” do Bộ Tư pháp "
        "phát động như sau:"
    )
    assert paper.bases == (
        "Thực hiện Kế hoạch số 12/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp về việc phong trào thử",
    )


def test_a_theme_of_its_own_is_named_beside_the_one_above(begin):
    own = begin("contents")
    own.theme = "Gần dân từ mỗi bản làng"
    own.plan.movement = own

    assert paper_of(own.plan).opening[0].text == (
        "Hưởng ứng phong trào thi đua “Kỷ cương, sáng tạo” do Bộ Tư pháp phát động, Sở Tư pháp tỉnh Lào Cai ban "
        "hành Kế hoạch thực hiện với chủ đề “Gần dân từ mỗi bản làng” như sau:"
    )


def test_the_paper_bears_the_departments_committee_and_the_heads_post(begin):
    paper = paper_of(begin("contents").plan)

    assert (paper.header.parent, paper.header.body) == ("Ủy ban nhân dân tỉnh Lào Cai", "Sở Tư pháp")
    assert paper.signature.post == "Giám đốc"


def test_no_part_of_the_paper_is_a_heading_without_anything_under_it(begin):
    pieces = list(flow(paper_of(begin("contents", "targets").plan).parts))

    bare = [
        here.title
        for here, after in zip(pieces, [*pieces[1:], None], strict=True)
        if isinstance(here, Headed) and here.is_heading and after is None
    ]
    blank = [
        piece
        for piece in pieces
        if (isinstance(piece, Bullets) and not all(piece.items))
        or (isinstance(piece, Paragraph) and not piece.text)
    ]
    assert (bare, blank) == ([], [])


def test_a_longer_plan_above_asks_no_more_of_the_database(
    ministry, departments, department, divisions, head, officer, django_assert_max_num_queries
):
    more = [
        ("deadlines", {"what": f"Việc {number}", "relation": "by", "due": "2026-06-30"})
        for number in range(60)
    ]
    movement = launch(make_movement(ministry, items=[*ITEMS, *more], by=officer), departments, by=officer)
    part = Participation.objects.get(movement=movement, unit=department)

    with django_assert_max_num_queries(45):
        own = answering.start_own_plan(part.pk, [], by=head)

    assert len(values(own, "deadlines")) == 62


def test_a_sentence_about_units_like_this_one_becomes_its_own(
    ministry, departments, department, divisions, head, officer
):
    who = "Sở Tư pháp các tỉnh"
    items = [
        *ITEMS,
        ("deadlines", {"what": "rà soát xong", "who": who, "relation": "by", "due": "2026-06-30"}),
    ]
    movement = make_movement(ministry, items=items, by=officer)
    write_document(movement.plan, f"{who} rà soát xong văn bản.")
    launch(movement, departments, by=officer)
    part = Participation.objects.get(movement=movement, unit=department)
    chosen = living(movement.plan).filter(field="contents").values_list("pk", flat=True)

    own = answering.start_own_plan(part.pk, list(chosen), by=head)

    assert values(own, "contents")[0]["details"] == ["Rà soát xong văn bản."]


def test_what_recurs_keeps_its_rhythm_in_the_own_plan_and_on_its_paper(
    ministry, departments, department, head, officer
):
    monthly = {
        "what": "Gửi báo cáo nhanh",
        "to": "Bộ Tư pháp",
        "relation": "monthly",
        "recurring": "ngày 20 hằng tháng",
    }
    quarterly = {"what": "Rà soát số liệu", "relation": "quarterly", "recurring": "hằng quý"}
    items = (*ITEMS, ("reports", monthly), ("deadlines", quarterly))
    movement = launch(make_movement(ministry, items=items, by=officer), departments, by=officer)
    part = Participation.objects.get(movement=movement, unit=department)

    own = answering.start_own_plan(part.pk, [], by=head)

    told = {v["what"]: v.get("recurring") for v in values(own, "deadlines")}
    assert (told["Gửi báo cáo nhanh"], told["Rà soát số liệu"]) == ("ngày 20 hằng tháng", "hằng quý")
    paper = str(paper_of(own.plan))
    assert ["chậm nhất ngày 20 hằng tháng" in paper, "hằng quý" in paper] == [True, True]


def test_a_report_with_a_rhythm_stands_in_the_table_of_dates_of_its_own_plan(ministry, officer):
    monthly = {"what": "Gửi báo cáo nhanh", "relation": "monthly", "recurring": "ngày 20 hằng tháng"}
    plan = make_movement(ministry, items=(*ITEMS, ("reports", monthly)), by=officer).plan

    assert "chậm nhất ngày 20 hằng tháng" in str(paper_of(plan))
