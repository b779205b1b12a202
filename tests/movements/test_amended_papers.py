"""The paper of an amended plan names what amended it, and prints the text in force on the day asked for."""

from datetime import date

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.movements.models import Movement, Participation
from thidua.movements.papers import paper_of
from thidua.movements.selectors.items import living
from thidua.movements.services import answering, revising
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
DECISION = "Quyết định số 9958/QĐ-BTP ngày 12/5/2024"
EVE, FIRST_DAY = date(2024, 5, 11), date(2024, 5, 12)
ITEMS = (
    ("doc_type", {"value": "KE_HOACH"}),
    ("number", {"value": "12/KH-BTP"}),
    ("issued_on", {"value": "2024-01-20"}),
    ("themes", {"text": "Về đích"}),
    ("contents", {"number": "1", "text": "Chuyển đổi số"}),
)


def amended(movement, officer):
    draft = revising.begin_revision(movement.plan, by=officer, decision=DECISION, effective_on=FIRST_DAY)
    item = living(movement.plan).get(field="contents")
    revising.change_item(draft, item.pk, item.value | {"text": "Dữ liệu dùng chung"}, by=officer)
    draft.refresh_from_db()
    revising.issue_revision(draft, by=officer)
    return movement


@pytest.fixture
def movement(ministry, department, officer):
    made = make_movement(ministry, items=ITEMS, by=officer, text="KẾ HOẠCH")
    return amended(launch(made, [department], by=officer), officer)


def contents(paper):
    return [part.title for part in paper.parts[0].parts]


def note(paper):
    return paper.opening[0].text


def test_from_its_first_day_an_amendment_is_named_and_printed(movement):
    before, after = paper_of(movement.plan, on=EVE), paper_of(movement.plan, on=FIRST_DAY)

    source = "Trích từ Kế hoạch số 12/KH-BTP ngày 20 tháng 01 năm 2024 của Bộ Tư pháp"
    assert (note(before), contents(before)) == (f"{source}; bản gốc mới có giá trị.", ["Chuyển đổi số"])
    assert (note(after), contents(after)) == (
        (
            f"{source}, được sửa đổi, bổ sung bởi {DECISION} (nội dung có hiệu lực ngày 12 tháng 5 năm 2024); "
            "bản gốc mới có giá trị."
        ),
        ["Dữ liệu dùng chung"],
    )


def test_a_draft_of_an_amendment_is_not_named(ministry, department, officer):
    movement = launch(make_movement(ministry, items=ITEMS, by=officer, text="K"), [department], by=officer)
    revising.begin_revision(movement.plan, by=officer, decision=DECISION, effective_on=FIRST_DAY)

    assert note(paper_of(movement.plan, on=FIRST_DAY)).count(DECISION) == 0


def test_a_unit_answers_the_plan_as_amended(movement, department):
    chief = make_user(department, UnitRole.Role.HEAD)

    own = answering.start_own_plan(Participation.objects.get(movement=movement).pk, [], by=chief)

    about = living(own.plan).get(field="legal_basis").value["about"]
    assert about.endswith(f", được sửa đổi, bổ sung bởi {DECISION}")
    assert paper_of(own.plan).bases[0].endswith(DECISION)


@pytest.fixture
def drawn_up(ministry, department, officer):
    return amended(
        launch(make_movement(ministry, items=ITEMS, by=officer), [department], by=officer), officer
    )


def test_a_paper_drawn_up_here_is_an_extract_once_amended_and_the_signed_one_before(drawn_up):
    assert (paper_of(drawn_up.plan, on=EVE).extract_of, contents(paper_of(drawn_up.plan, on=EVE))) == (
        "",
        ["Chuyển đổi số"],
    )
    assert paper_of(drawn_up.plan, on=FIRST_DAY).extract_of.startswith("Kế hoạch số 12/KH-BTP")


def test_the_page_leads_to_the_paper_as_it_was_signed(drawn_up, officer):
    page = text_of(opened(officer, "detail", drawn_up.pk))
    signed = opened(officer, "paper", drawn_up.pk, "docx", ngay="2024-01-20")
    now = opened(officer, "paper", drawn_up.pk, "docx")

    assert page.count("ke-hoach.pdf?ngay=2024-01-20") == 1
    names = [answer["Content-Disposition"].partition("filename=")[2] for answer in (signed, now)]
    assert names == ['"12kh-btp.docx"', '"ban-trich-12kh-btp.docx"']
    assert Movement.objects.get(pk=drawn_up.pk).plan.revisions.count() == 2
