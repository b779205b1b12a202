from datetime import date

import pytest
import time_machine

from exchange.imports import (
    PEOPLE,
    changes,
    codes_of,
    outcomes,
    person_row,
    previewed,
    saved,
    workbook,
)
from factories import make_person, make_role, make_unit, make_user
from thidua.exchange.importers import importer_named
from thidua.exchange.models import ImportRow
from thidua.exchange.selectors import known_before, shown_rows
from thidua.exchange.services import previewing, undoing
from thidua.organisations.models import DistinctPeople, Person, Post, UnitRole
from thidua.organisations.services.people import NewPost, change_person, end_post, leave, start_post
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def house():
    top = make_unit("Bộ Thử nghiệm")
    return top, make_unit("Phòng A", top), make_unit("Phòng B", top)


@pytest.fixture
def keeper(house):
    return make_user(house[0], UnitRole.Role.STAFF_ADMIN)


def test_new_people_come_in_with_their_posts(house, keeper):
    batch = previewed(
        keeper, workbook(PEOPLE, person_row("Nguyễn Thị Ánh", code="CB-1", born=date(1985, 9, 2)))
    )
    before = Person.objects.filter(staff_code="CB-1").count()
    batch = saved(keeper, batch)

    assert (before, batch.status, batch.counts) == (0, "done", {"create": 1})
    person = Person.objects.get(staff_code="CB-1")
    assert (person.full_name, person.birth_date, person.sex) == ("Nguyễn Thị Ánh", date(1985, 9, 2), "male")
    assert (person.unit, person.record_unit, person.root) == (house[1], house[1], house[0])
    assert (person.position, person.folded) == ("Chuyên viên", "nguyen thi anh")
    post = person.posts.get()
    assert (post.staff_kind, post.valid_from, post.is_main) == ("civil_servant", date(2020, 1, 1), True)


def test_nothing_is_written_before_confirming(house, keeper):
    people = Person.objects.count()

    previewed(keeper, workbook(PEOPLE, person_row()))

    assert Person.objects.count() == people


def test_a_row_of_a_known_code_shows_what_changes(house, keeper):
    person = make_person(
        "Lê An", house[1], staff_code="CB-1", birth_date=date(1985, 9, 2), sex="male", since=date(2020, 1, 1)
    )

    batch = previewed(keeper, workbook((*PEOPLE, "Email"), (*person_row(code="CB-1"), "an@bo.gov.vn")))
    batch = saved(keeper, batch)

    assert changes(batch) == {2: {"email": ["", "an@bo.gov.vn"]}}
    person.refresh_from_db()
    assert (person.email, person.version) == ("an@bo.gov.vn", 2)


def test_the_same_row_again_changes_nothing(house, keeper):
    content = workbook(PEOPLE, person_row(code="CB-1"))
    saved(keeper, previewed(keeper, content))

    assert previewed(keeper, content).counts == {"same": 1}


def test_a_new_day_begins_a_new_post_and_ends_the_one_before(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))

    row = person_row(code="CB-1", unit="Phòng B", position="Phó Trưởng phòng", since=date(2026, 1, 1))
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, row)))

    person.refresh_from_db()
    assert (person.unit, person.position) == (house[2], "Phó Trưởng phòng")
    assert list(person.posts.order_by("valid_from").values_list("unit__name", "valid_until")) == [
        ("Phòng A", date(2026, 1, 1)),
        ("Phòng B", None),
    ]
    assert changes(batch)[2]["unit"] == ["Phòng A", "Phòng B"]
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)
    person.refresh_from_db()
    assert (person.unit, person.position, person.posts.get().valid_until) == (house[1], "Chuyên viên", None)


def test_the_same_day_mends_the_post_that_is_written(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))

    batch = previewed(keeper, workbook(PEOPLE, person_row(code="CB-1", position="Kế toán viên")))
    batch = saved(keeper, batch)

    post = person.posts.get()
    assert (post.position, post.valid_from) == ("Kế toán viên", date(2020, 1, 1))
    assert codes_of(batch) == {2: ["post_corrected"]}
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)
    assert person.posts.get().position == "Chuyên viên"


def test_the_first_day_of_an_only_post_may_be_mended(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))

    batch = saved(
        keeper, previewed(keeper, workbook(PEOPLE, person_row(code="CB-1", since=date(2018, 5, 1))))
    )

    assert changes(batch)[2]["valid_from"] == ["1/1/2020", "1/5/2018"]
    assert person.posts.get().valid_from == date(2018, 5, 1)


def test_days_that_contradict_the_record_are_refused(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))
    start_post(None, person, NewPost(house[1], "Trưởng phòng", "civil_servant", date(2022, 1, 1)))

    rows = [
        person_row(code="CB-1", position="Trưởng phòng", since=date(2023, 1, 1)),
        person_row(code="CB-1", position="Cục trưởng", since=date(2021, 1, 1)),
    ]
    found = [codes_of(previewed(keeper, workbook(PEOPLE, row)))[2] for row in rows]

    assert found == [["only_day_differs"], ["post_before_current"]]


def test_a_person_with_a_later_post_is_left_to_the_own_page(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))
    start_post(None, person, NewPost(house[2], "Trưởng phòng", "civil_servant", date(2026, 6, 1)))

    row = person_row(code="CB-1", unit="Phòng B", since=date(2026, 3, 1))
    batch = previewed(keeper, workbook(PEOPLE, row))

    assert codes_of(batch) == {2: ["has_later_post"]}


def test_who_left_may_come_back(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", since=date(2020, 1, 1))
    leave(None, person, last_day=date(2025, 12, 31))

    row = person_row(code="CB-1", unit="Phòng B", since=date(2026, 2, 1))
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, row)))

    person.refresh_from_db()
    assert (person.unit, person.left_on) == (house[2], None)
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)
    person.refresh_from_db()
    assert (person.unit, person.left_on) == (None, date(2026, 1, 1))


def test_a_blank_cell_keeps_and_a_sign_empties(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", email="an@bo.gov.vn", phone="0912345678")

    saved(keeper, previewed(keeper, workbook(("Số hiệu", "Email", "SĐT"), ("CB-1", None, "(xóa)"))))

    person.refresh_from_db()
    assert (person.email, person.phone) == ("an@bo.gov.vn", "")


def test_few_columns_update_but_make_nobody(house, keeper):
    make_person("Lê An", house[1], staff_code="CB-1")

    batch = previewed(keeper, workbook(("Số hiệu", "Email"), ("CB-1", "a@bo.vn"), ("CB-2", "b@bo.vn")))

    assert outcomes(batch) == {2: "update", 3: "refuse"}
    assert codes_of(batch)[3] == ["code_unknown"]


def test_defaults_fill_the_blanks_of_new_people_alone(house, keeper):
    make_person("Lê An", house[1], staff_code="CB-1", position="Trưởng phòng")
    options = {"unit": str(house[1].pk), "unit_name": "Phòng A", "staff_kind": "public_employee"}

    content = workbook(("Số hiệu", "Họ tên"), ("CB-1", "Lê An"), ("CB-2", "Lê Bình"))
    batch = previewed(keeper, content, **options, valid_from="2024-01-01", position="Viên chức")
    batch = saved(keeper, batch)

    assert batch.counts == {"same": 1, "create": 1}
    post = Post.objects.get(person__staff_code="CB-2")
    assert (post.unit, post.position, post.valid_from) == (house[1], "Viên chức", date(2024, 1, 1))


def test_a_look_alike_without_a_code_is_asked_about_and_never_merged(house, keeper):
    known = make_person("Lê An", house[1], birth_date=date(1985, 9, 2))

    batch = previewed(keeper, workbook(PEOPLE, person_row("LÊ AN", code="CB-9")))
    row = batch.rows.get()
    shown = shown_rows(importer_named("people"), keeper, [row])[0]

    assert (row.outcome, [one.id for one in shown.candidates]) == ("ask", [known.pk])
    assert saved(keeper, batch).counts == {"ask": 1}
    known.refresh_from_db()
    assert known.staff_code == ""


def test_a_person_settles_a_look_alike_as_the_same(house, keeper):
    known = make_person("Lê An", house[1], birth_date=date(1985, 9, 2))
    batch = previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="CB-9")))

    row = batch.rows.get()
    previewing.settle(
        importer_named("people"), batch, {row.pk: str(known.pk)}, by=keeper, version=batch.version
    )
    batch.refresh_from_db()
    saved(keeper, batch)

    known.refresh_from_db()
    assert known.staff_code == "CB-9"
    assert Person.objects.filter(folded="le an").count() == 1


def test_a_person_settles_a_look_alike_as_somebody_else(house, keeper):
    known = make_person("Lê An", house[1], birth_date=date(1985, 9, 2))
    batch = previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="")))

    row = batch.rows.get()
    previewing.settle(
        importer_named("people"), batch, {row.pk: "different"}, by=keeper, version=batch.version
    )
    batch.refresh_from_db()
    saved(keeper, batch)

    assert Person.objects.filter(folded="le an").count() == 2
    assert DistinctPeople.objects.get().first == known


def test_the_same_person_without_a_code_and_without_a_change_is_no_question(house, keeper):
    make_person("Lê An", house[1], birth_date=date(1985, 9, 2), sex="male", since=date(2020, 1, 1))

    batch = previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="")))

    assert batch.counts == {"same": 1}


def test_two_rows_for_one_person_keep_the_first(house, keeper):
    rows = [
        person_row(code="CB-1"),
        person_row("Trần Bình", code="CB-1"),
        person_row("Vũ Cúc", code=""),
        person_row("vũ cúc", code=""),
    ]

    batch = previewed(keeper, workbook(PEOPLE, *rows))

    assert outcomes(batch) == {2: "create", 3: "refuse", 4: "create", 5: "refuse"}
    assert [codes_of(batch)[number][-1] for number in (3, 5)] == ["twice_in_file"] * 2


def test_a_code_of_somebody_else_is_refused(house, keeper):
    make_person("Lê An", house[1], staff_code="CB-1", birth_date=date(1970, 1, 1))

    batch = previewed(keeper, workbook(PEOPLE, person_row("Trần Bình", code="CB-1")))

    assert codes_of(batch) == {2: ["code_of_another"]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trung tâm Z", "unit_unknown"),
        ("Phòng Ă1", "unit_like"),
        ("Phong  a", ""),
        ("phòng A, bộ thử nghiệm", ""),
        ("Bộ Thử nghiệm - Phòng A", ""),
    ],
)
def test_units_are_found_by_what_people_write(house, keeper, text, code):
    batch = previewed(keeper, workbook(PEOPLE, person_row(unit=text)))

    assert codes_of(batch) == {2: [code] if code else []}


def test_units_outside_ones_own_scope_are_refused_row_by_row(house):
    user = make_user(house[1], UnitRole.Role.STAFF_ADMIN)
    make_role(user.person, house[2], UnitRole.Role.AUDITOR)

    batch = previewed(user, workbook(PEOPLE, person_row(), person_row("Vũ Cúc", "Phòng B")))

    assert codes_of(batch) == {2: [], 3: ["unit_not_yours"]}


def test_units_one_may_not_even_see_do_not_exist(house):
    user = make_user(house[1], UnitRole.Role.STAFF_ADMIN)
    make_person("Lê An", house[2], staff_code="CB-7")

    batch = previewed(
        user, workbook(PEOPLE, person_row(unit="Bộ Thử nghiệm"), person_row("Vũ Cúc", code="CB-7"))
    )

    assert codes_of(batch) == {2: ["unit_unknown"], 3: ["code_outside"]}


def test_a_name_of_several_units_must_say_which(house, keeper):
    make_unit("Phòng A", make_unit("Cục X", house[0]))

    batch = previewed(keeper, workbook(PEOPLE, person_row(), person_row("Vũ Cúc", "Phòng A, Cục X")))

    assert codes_of(batch) == {2: ["unit_several"], 3: []}


def test_a_unit_that_ended_names_its_successor(house, keeper):
    request = Merge((house[1],), house[2])
    reorganise(None, request, on=date(2026, 1, 1), decision="QĐ 1")

    batch = previewed(keeper, workbook(PEOPLE, person_row()))

    sentence = shown_rows(importer_named("people"), keeper, list(batch.rows.all()))[0].sentences[0].text
    assert (
        sentence == "Phòng A đã chấm dứt hoạt động từ ngày 1/1/2026; kế tục là Phòng B. Ghi đơn vị hiện nay."
    )


def test_days_of_birth_in_two_columns_tell_the_sex(house, keeper):
    content = workbook(
        ("TT", "Họ và tên", "Ngày sinh", None, "Đơn vị", "Chức vụ", "Đối tượng", "Từ ngày"),
        (None, None, "Nam", "Nữ", None, None, None, None),
        (1, 2, 3, 4, 5, 6, 7, 8),
        (1, "Lê An", "1/2/1980", None, "Phòng A", "Chuyên viên", "Công chức", "1/1/2020"),
        (2, "Vũ Cúc", None, "3/4/1981", "Phòng A", "Chuyên viên", "Công chức", "1/1/2020"),
    )

    batch = previewed(keeper, content)
    saved(keeper, batch)

    assert outcomes(batch) == {3: "skip", 4: "create", 5: "create"}
    people = Person.objects.filter(full_name__in=["Lê An", "Vũ Cúc"]).order_by("full_name")
    assert list(people.values_list("sex", "birth_date")) == [
        ("male", date(1980, 2, 1)),
        ("female", date(1981, 4, 3)),
    ]


def test_names_in_two_columns_are_joined(house, keeper):
    headings = ("Họ và tên đệm", "Tên", "Đơn vị", "Chức vụ", "Đối tượng", "Từ ngày")

    batch = previewed(
        keeper, workbook(headings, ("Nguyễn Thị", "Ánh", "Phòng A", "Chuyên viên", "Công chức", "1/1/2020"))
    )

    assert batch.rows.get().label == "Nguyễn Thị Ánh — Phòng A"


def test_a_change_since_the_preview_is_not_overwritten(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1")
    batch = previewed(keeper, workbook(("Số hiệu", "Email"), ("CB-1", "moi@bo.vn")))
    change_person(keeper, person, version=person.version, email="khac@bo.vn")

    batch = saved(keeper, batch)

    person.refresh_from_db()
    assert (person.email, batch.counts) == ("khac@bo.vn", {"refuse": 1})
    sentence = shown_rows(importer_named("people"), keeper, list(batch.rows.all()))[0].sentences[-1].text
    assert (
        sentence
        == "“Lê An” đã được Phạm Thu Hà sửa sau khi xem trước (08:00 2/3/2026). Xem trước lại để so với bản mới."
    )


def test_a_code_given_since_the_preview_is_not_given_twice(house, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row(code="CB-1")))
    make_person("Vũ Cúc", house[1], staff_code="CB-1")

    batch = saved(keeper, batch)

    assert codes_of(batch) == {2: ["staff_code_taken_since"]}
    assert Person.objects.get(staff_code="CB-1").full_name == "Vũ Cúc"


def test_a_look_alike_that_came_since_the_preview_is_not_doubled(house, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="")))
    make_person("Lê An", house[1])

    batch = saved(keeper, batch)

    assert codes_of(batch) == {2: ["look_alike_since"]}
    assert Person.objects.filter(folded="le an").count() == 1


def test_rights_lost_since_the_preview_count(house, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row(code="CB-1")))
    keeper.person.unit_roles.all().delete()

    batch = saved(keeper, batch)

    assert (batch.counts, codes_of(batch)) == ({"refuse": 1}, {2: ["unit_not_yours"]})


def test_undoing_deletes_the_new_and_restores_the_changed(house, keeper):
    person = make_person("Lê An", house[1], staff_code="CB-1", email="cu@bo.vn")
    rows = [
        ("CB-1", "Lê Ân", "moi@bo.vn", None, None, None, None),
        ("CB-2", "Vũ Cúc", "c@bo.vn", "Phòng A", "Chuyên viên", "Công chức", "1/1/2020"),
    ]
    headings = ("Số hiệu", "Họ và tên", "Email", "Đơn vị", "Chức vụ", "Đối tượng", "Từ ngày")
    batch = saved(keeper, previewed(keeper, workbook(headings, *rows)))

    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)

    batch.refresh_from_db()
    person.refresh_from_db()
    assert (batch.status, ImportRow.objects.filter(is_applied=True).count()) == ("undone", 0)
    assert (person.full_name, person.email, person.folded) == ("Lê An", "cu@bo.vn", "le an")
    assert not Person.objects.filter(staff_code="CB-2").exists()


def test_undoing_lists_what_refers_to_the_new_people(house, keeper):
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="CB-1"))))
    make_role(Person.objects.get(staff_code="CB-1"), house[1])

    with pytest.raises(undoing.CannotUndoError) as refused:
        undoing.begin_undo(batch, by=keeper, version=batch.version)

    assert [(one.count, one.examples) for one in refused.value.references] == [(1, ("Lê An",))]
    batch.refresh_from_db()
    assert batch.status == "done"


@pytest.mark.parametrize("change", ["facts", "post", "new_post"])
def test_undoing_is_refused_once_somebody_changed_the_people(house, keeper, change):
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="CB-1"))))
    person = Person.objects.get(staff_code="CB-1")
    if change == "facts":
        change_person(None, person, version=person.version, email="a@bo.vn")
    elif change == "post":
        end_post(None, person.posts.get(), last_day=date(2026, 3, 1))
    else:
        start_post(None, person, NewPost(house[2], "Trưởng phòng", "civil_servant", date(2026, 3, 1)))

    found = undoing.problems_before_undo(batch)

    assert [(one.count, one.examples) for one in found] == [(1, ("Lê An",))]


def test_who_is_used_in_the_middle_of_an_undo_stays(house, keeper):
    batch = saved(
        keeper,
        previewed(
            keeper, workbook(PEOPLE, person_row("Lê An", code="CB-1"), person_row("Vũ Cúc", code="CB-2"))
        ),
    )
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    make_role(Person.objects.get(staff_code="CB-1"), house[1])

    undoing.undo_rows(batch.pk)

    batch.refresh_from_db()
    assert (batch.status, batch.problem) == ("done", "1 dòng không hoàn tác được vì vừa có nơi dùng đến.")
    assert list(Person.objects.filter(staff_code__startswith="CB-").values_list("staff_code", flat=True)) == [
        "CB-1"
    ]


def test_an_earlier_import_of_the_same_file_is_told_only_to_who_may_see_it(house, keeper):
    content = workbook(PEOPLE, person_row(code="CB-1"))
    first = saved(keeper, previewed(keeper, content))
    other = make_user(make_unit("Cục khác", house[0]), UnitRole.Role.STAFF_ADMIN)

    own, others = previewed(keeper, content), previewed(other, content)

    assert (known_before(keeper, own), known_before(other, others)) == (first, None)


def test_a_code_given_since_to_somebody_out_of_reach_names_nobody(house, keeper):
    unit = make_unit("Cục khác", house[0])
    clerk = make_user(unit, UnitRole.Role.STAFF_ADMIN)
    batch = previewed(clerk, workbook(PEOPLE, person_row(unit="Cục khác", code="CB-1")))
    make_person("Vũ Cúc", house[1], staff_code="CB-1")

    batch = saved(clerk, batch)

    row = batch.rows.get()
    assert codes_of(batch) == {2: ["code_outside"]}
    assert "Vũ Cúc" not in str(row.problems)
