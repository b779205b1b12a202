import pytest

from movements.plans import launch, make_movement
from thidua.audit.models import Entry
from thidua.library.models import Document, Spelling
from thidua.movements.marking import mark_of
from thidua.movements.models import Movement, PlanItem
from thidua.movements.selectors.checking import checking
from thidua.movements.selectors.documents import spelled
from thidua.movements.selectors.items import living
from thidua.movements.services import checking as services
from thidua.movements.values import NotUsableError
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
State = PlanItem.State


@pytest.fixture
def movement(ministry, officer):
    return make_movement(ministry, by=officer, text="Chủ đề “Kỷ cương”. Gửi báo cáo trước ngày 15/3/2026.")


def item_of(movement, field):
    return PlanItem.objects.filter(plan=movement.plan, field=field).order_by("order").first()


def test_an_edit_settles_the_item_and_keeps_who_and_when(movement, officer):
    item = item_of(movement, "targets")

    edited = services.edit_item(
        item.pk, {"text": "98% hồ sơ đúng hạn", "op": ">=", "value": "98"}, version=1, by=officer
    )

    assert (edited.state, edited.settled_by, edited.version) == (State.EDITED, officer, 2)
    assert edited.value == {"text": "98% hồ sơ đúng hạn", "op": ">=", "value": 98}


def test_an_edit_that_cannot_be_used_changes_nothing(movement, officer):
    item = item_of(movement, "targets")

    with pytest.raises(NotUsableError):
        services.edit_item(item.pk, {"text": "", "op": ">="}, version=1, by=officer)

    item.refresh_from_db()
    assert (item.state, item.version) == (State.READ, 1)


def test_the_second_of_two_editors_is_told_who_came_first(movement, officer, second):
    item = item_of(movement, "contents")
    services.edit_item(item.pk, {"text": "Bản của người thứ nhất"}, version=1, by=officer)

    with pytest.raises(ChangedMeanwhileError) as refused:
        services.edit_item(item.pk, {"text": "Bản của người thứ hai"}, version=1, by=second)

    assert refused.value.current.settled_by == officer
    item.refresh_from_db()
    assert item.value == {"text": "Bản của người thứ nhất"}


def test_the_second_of_two_who_confirm_learns_that_it_was_done(movement, officer, second):
    item = item_of(movement, "contents")
    services.confirm_items(movement.plan, [item.pk], by=officer)

    done = services.confirm_items(movement.plan, [item.pk], by=second)

    assert (done.count, [i.settled_by for i in done.before]) == (0, [officer])


def test_a_day_no_calendar_has_cannot_be_confirmed(movement, officer):
    item = item_of(movement, "deadlines")
    PlanItem.objects.filter(pk=item.pk).update(value=item.value | {"due": "2025-02-31"}, is_sure=False)

    done = services.confirm_items(movement.plan, [item.pk], by=officer)

    assert (done.count, [i.pk for i in done.refused]) == (0, [item.pk])
    assert [i.pk for i in services.open_questions(movement.plan)] == [item.pk]


def test_an_added_item_holds_the_words_pointed_at(movement, officer):
    start = movement.plan.text.index("Gửi báo cáo")

    item = services.add_item(
        movement.plan,
        "deadlines",
        {"what": "Gửi báo cáo", "relation": "before", "due": "15/3/2026"},
        by=officer,
        start=start,
        end=start + 11,
    )

    assert (item.quote, item.state, item.order) == ("Gửi báo cáo", State.ADDED, 7)


def test_a_removed_item_is_no_longer_part_of_the_plan(movement, officer):
    item = item_of(movement, "targets")

    services.remove_item(item.pk, version=1, by=officer)

    assert not living(movement.plan).filter(pk=item.pk).exists()


@pytest.mark.parametrize("act", ["edit", "remove", "add", "confirm"])
def test_undo_takes_any_act_back(movement, officer, act):
    plan, item = movement.plan, item_of(movement, "targets")
    before = list(living(plan).order_by("id").values_list("pk", "value", "state"))
    acts = {
        "edit": lambda: services.edit_item(
            item.pk, {"text": "khác", "op": "qualitative"}, version=1, by=officer
        ),
        "remove": lambda: services.remove_item(item.pk, version=1, by=officer),
        "add": lambda: services.add_item(plan, "themes", {"text": "Chủ đề hai"}, by=officer),
        "confirm": lambda: services.confirm_items(plan, [pk for pk, _v, _s in before], by=officer),
    }

    acts[act]()
    changed = list(living(plan).order_by("id").values_list("pk", "value", "state"))
    services.undo_last(plan, by=officer)

    assert changed != before
    assert list(living(plan).order_by("id").values_list("pk", "value", "state")) == before


def test_one_undo_takes_back_all_that_one_click_confirmed(movement, officer):
    ids = list(living(movement.plan).values_list("pk", flat=True))
    services.confirm_items(movement.plan, ids, by=officer)

    changes = services.undo_last(movement.plan, by=officer)

    assert len(changes) == len(ids)


def test_undo_goes_back_act_by_act_until_nothing_is_left(movement, officer):
    item = item_of(movement, "contents")
    services.edit_item(item.pk, {"text": "một"}, version=1, by=officer)
    services.edit_item(item.pk, {"text": "hai"}, version=2, by=officer)

    services.undo_last(movement.plan, by=officer)
    item.refresh_from_db()
    first = item.value
    services.undo_last(movement.plan, by=officer)

    assert first == {"text": "một"}
    with pytest.raises(services.NothingToUndoError):
        services.undo_last(movement.plan, by=officer)


def test_the_movement_follows_its_theme_and_period(movement, officer):
    services.edit_item(item_of(movement, "themes").pk, {"text": "Chung dữ liệu"}, version=1, by=officer)
    services.edit_item(
        item_of(movement, "period").pk, {"from": "1/2/2027", "to": "31/10/2027"}, version=1, by=officer
    )

    found = Movement.objects.get(pk=movement.pk)

    assert (found.theme, found.name, found.year) == ("Chung dữ liệu", "Chung dữ liệu", 2027)
    assert (str(found.starts_on), str(found.ends_on)) == ("2027-02-01", "2027-10-31")


def test_a_launched_plan_is_not_edited(movement, departments, officer):
    launch(movement, departments, by=officer)

    with pytest.raises(services.PlanLaunchedError):
        services.remove_item(item_of(movement, "targets").pk, version=None, by=officer)


def test_every_act_leaves_its_entry_in_the_log(movement, officer):
    item = item_of(movement, "targets")
    services.confirm_items(movement.plan, [item.pk], by=officer)
    services.remove_item(item.pk, version=None, by=officer)
    services.undo_last(movement.plan, by=officer)

    actions = (
        Entry.objects.filter(action__startswith="movement.").order_by("at").values_list("action", flat=True)
    )

    assert list(actions) == ["movement.confirm_items", "movement.remove_item", "movement.undo"]


def test_what_waits_comes_in_the_order_of_the_document(movement):
    PlanItem.objects.filter(plan=movement.plan, field="targets").update(is_sure=False, start=90, end=99)
    PlanItem.objects.filter(plan=movement.plan, field="themes").update(is_sure=False, start=8, end=17)

    shown = checking(movement.plan)

    assert [line.item.field for line in shown.waiting] == ["themes", "targets"]
    assert (shown.settled, len(shown.items)) == (0, 8)


def test_the_check_page_reads_as_many_queries_for_many_items(movement, officer, django_assert_num_queries):
    PlanItem.objects.bulk_create(
        PlanItem(plan=movement.plan, field="contents", order=n, value={"text": f"Nội dung {n}"})
        for n in range(300)
    )

    with django_assert_num_queries(1):
        shown = checking(movement.plan)

    assert len(shown.items) == 308


def test_a_term_that_is_a_duty_too_can_be_settled_with_it(ministry, officer):
    items = [
        ("deadlines", {"what": "Giao chỉ tiêu đến từng người", "relation": "before", "due": "2026-02-15"}),
        ("responsibilities", {"body": "Các Sở", "duties": ["Giao chỉ tiêu đến từng người trước ngày 15/02/2026"]}),
    ]  # fmt: skip
    movement = make_movement(ministry, items=items, by=officer)
    term, duty = item_of(movement, "deadlines"), item_of(movement, "responsibilities")

    (line,) = (line for line in lines_of(movement) if line.item == term)
    services.confirm_items(movement.plan, [term.pk, line.twin.pk], by=officer)

    assert line.both_marks.split() == [mark_of(term.pk), mark_of(duty.pk)]
    assert [line.twin for line in lines_of(movement)] == [None, None]


def lines_of(movement):
    shown = checking(movement.plan)
    return [line for section in shown.sections for group in section.groups for line in group.lines]


def test_a_share_over_the_whole_is_asked_of_typed_figures_too(ministry, officer):
    value = {"text": "đạt 100%", "op": "=", "value": 100, "unit": "%"}
    movement = make_movement(ministry, items=[("targets", value)], by=officer)
    item = PlanItem.objects.get(plan=movement.plan)

    services.edit_item(item.pk, value | {"value": "150"}, version=None, by=officer)
    edited = [one.pk for one in services.open_questions(movement.plan)]
    added = services.add_item(movement.plan, "targets", value | {"value": "150"}, by=officer)
    services.confirm_items(movement.plan, [item.pk, added.pk], by=officer)
    services.edit_item(item.pk, value | {"value": "150", "text": "Đạt"}, version=None, by=officer)

    item.refresh_from_db()
    assert (edited, added.waits_for_check, item.state) == ([item.pk], True, PlanItem.State.EDITED)


WRONG = "Các Sở Tư pháp đăng ký thi đua trước ngày 31/02/2027."


def test_a_duty_with_a_day_no_calendar_has_is_not_confirmed_and_one_correction_answers_for_both(
    ministry, officer
):
    duty = {"body": "Các Sở Tư pháp", "duties": [WRONG]}
    slip = {"seen": "31/02/2027", "means": "ngày không có trong lịch"}
    movement = make_movement(
        ministry, items=[("responsibilities", duty), ("noise", slip)], by=officer, text=WRONG
    )
    PlanItem.objects.filter(plan=movement.plan).update(start=0, end=30, is_sure=False)
    item, note = PlanItem.objects.filter(plan=movement.plan).order_by("order")

    confirmed = services.confirm_items(movement.plan, [item.pk], by=officer)
    typed = duty | {"duties": WRONG.replace("31/02", "28/02")}
    services.edit_item(item.pk, typed, version=None, by=officer)

    assert [one.pk for one in confirmed.refused] == [item.pk]
    assert services.open_questions(movement.plan) == []
    services.undo_last(movement.plan, by=officer)
    assert set(services.open_questions(movement.plan)) == {item, note}


def test_documents_are_read_with_every_spelling_in_one_query(django_assert_num_queries):
    document = Document.objects.create(type="LUAT", number="06/2022/QH15", number_key="06/2022/QH15")
    for written in ("06/2022/QH15", "6/2022/QH15"):
        Spelling.objects.create(document=document, written=written)
    Document.objects.create(type="ND", number="152/2025/NĐ-CP", number_key="152/2025/ND-CP")

    with django_assert_num_queries(1):
        law, decree = spelled(Document.objects.order_by("number"))

    assert (law.others("06/2022/QH15"), law.others("6/2022/QH15")) == (["6/2022/QH15"], ["06/2022/QH15"])
    assert (decree.spellings, decree.others("152/2025/NĐ-CP")) == ((), [])
