"""The pages of imports, as a clerk walks through them, and as others may not."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from exchange.imports import PEOPLE, file_given, person_row, previewed, saved, taken_in, workbook
from factories import make_administrator, make_kind, make_person, make_role, make_unit, make_user, signed_in
from thidua.exchange import tasks
from thidua.exchange.models import Import
from thidua.exchange.services import intake, saving, undoing
from thidua.organisations.models import Person, UnitRole

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def top():
    return make_unit("Bộ Thử nghiệm")


@pytest.fixture
def keeper(top):
    make_unit("Phòng A", top)
    return make_user(top, UnitRole.Role.STAFF_ADMIN, username="giu")


@pytest.fixture
def page(client, keeper):
    return signed_in(client, keeper)


def sent(content, name="ds.xlsx"):
    return {"file": SimpleUploadedFile(name, content, XLSX), "valid_from": "1/1/2020"}


def text_of(answer):
    return answer.content.decode()


def cells_given(answer):
    return CalamineWorkbook.from_filelike(BytesIO(file_given(answer))).get_sheet_by_index(0).to_python()


def test_a_clerk_goes_from_file_to_saved_people(page):
    answer = page.post(
        "/nhap-xuat/nhap/people/", sent(workbook(PEOPLE, person_row("Lê An"), person_row("Vũ Cúc", "Z")))
    )
    batch = Import.objects.get()
    columns = page.get(answer.url)
    form = {f"column_{place}": name for name, place in batch.mapping.items()}
    answer = page.post(
        answer.url, form | {"version": batch.version, "sheet": batch.sheet, "was": batch.sheet, "row": 1}
    )
    preview = page.get(answer.url)
    batch.refresh_from_db()
    page.post(f"{answer.url}ghi/", {"version": batch.version})
    result = page.get(answer.url)

    assert columns.status_code == 200
    assert "Khi bấm Ghi: tạo mới <b>1</b>" in text_of(preview)
    assert "Ghi 1 dòng" in text_of(preview)
    assert "Phạm Thu Hà xác nhận, ghi xong lúc 08:00 2/3/2026." in text_of(result)
    assert Person.objects.filter(full_name="Lê An").exists()


def test_the_same_headings_go_straight_to_the_preview(page, keeper):
    first = previewed(keeper, workbook(PEOPLE, person_row()))

    answer = page.post("/nhap-xuat/nhap/people/", sent(workbook(PEOPLE, person_row("Vũ Cúc"))))

    batch = Import.objects.exclude(pk=first.pk).get()
    assert (answer.url, batch.status) == (f"/nhap-xuat/{batch.pk}/", "previewed")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "ds.xlsx", "Tệp này trống (0 byte). Kiểm tra lại tệp rồi gửi lại."),
        (b"\x89PNG rest", "ds.xlsx", "là ảnh PNG, không phải bảng tính."),
        (workbook(), "ds.xlsx", "không có dòng dữ liệu nào."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_the_form(page, content, name, sentence):
    answer = page.post("/nhap-xuat/nhap/people/", sent(content, name))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Import.objects.count() == 0


def test_a_file_of_too_many_bytes_is_told_on_the_form(page, monkeypatch):
    monkeypatch.setattr(intake, "UPLOAD_LIMIT", 1 << 20)

    answer = page.post("/nhap-xuat/nhap/people/", sent(b"a;b\n" * 600_000, "ds.csv"))

    assert answer.status_code == 422
    assert "Tệp lớn hơn 1 MB." in text_of(answer)


def test_a_missing_file_is_asked_for(page):
    answer = page.post("/nhap-xuat/nhap/people/", {})

    assert answer.status_code == 422
    assert "Chọn tệp cần nhập." in text_of(answer)


def test_the_clerk_may_move_the_headings(page, keeper):
    batch = taken_in(
        keeper,
        workbook(("Họ tên", "Phòng"), ("Họ và tên", "Đơn vị", "Email"), ("Lê An", "Phòng A", "a@b.vn")),
    )

    answer = page.get(f"/nhap-xuat/{batch.pk}/cot/", {"row": 2, "was": batch.sheet, "sheet": batch.sheet})

    assert 'name="row" value="2"' in text_of(answer)


def test_a_heading_of_two_meanings_is_asked_on_the_page(page, keeper):
    heads, row = ("Họ và tên", "Chức vụ, đơn vị", "Ngày sinh"), ("Lê An", "Chuyên viên Phòng A", "1/1/1980")
    batch = taken_in(keeper, workbook(heads, row))

    answer = page.get(f"/nhap-xuat/{batch.pk}/cot/")

    assert batch.mapping == {"full_name": 0, "birth_date": 2}
    assert text_of(answer).count("Chưa rõ: có thể là Chức vụ hoặc Đơn vị. Chọn nếu đúng.") == 1


def test_what_fills_blank_cells_may_be_said_beside_the_columns(page, keeper):
    batch = taken_in(keeper, workbook(("Họ và tên",), ("Lê An",)), valid_from="2020-01-01")
    form = {"column_0": "full_name", "version": batch.version, "sheet": batch.sheet, "was": batch.sheet}
    blanks = {"unit": "Phòng A", "valid_from": "1/2/2021", "position": "Chuyên viên"}

    shown = page.get(f"/nhap-xuat/{batch.pk}/cot/")
    refused = page.post(f"/nhap-xuat/{batch.pk}/cot/", form | {"row": 1, "blanks": "1", "unit": "Phòng Z"})
    page.post(
        f"/nhap-xuat/{batch.pk}/cot/",
        form | blanks | {"row": 1, "blanks": "1", "staff_kind": "civil_servant"},
    )

    batch.refresh_from_db()
    assert 'value="1/1/2020"' in text_of(shown)
    assert (refused.status_code, "Không tìm thấy “Phòng Z”" in text_of(refused)) == (422, True)
    assert (batch.scope["unit_name"], batch.scope["valid_from"]) == ("Phòng A", "2021-02-01")
    assert batch.counts == {"create": 1}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"column_1": "full_name", "column_4": "full_name"}, "Mục Họ và tên * được chọn cho nhiều cột."),
        ({"column_1": "full_name"}, "Chưa có cột cho “Đơn vị”"),
        ({"column_1": "khong-co"}, "Cột B"),
    ],
)
def test_columns_that_will_not_do_are_told(page, keeper, form, sentence):
    batch = taken_in(keeper, workbook(PEOPLE, person_row()))

    answer = page.post(f"/nhap-xuat/{batch.pk}/cot/", form | {"version": batch.version, "sheet": batch.sheet})

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_of_two_officers_the_second_reads_who_came_first(client, page, keeper, top):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    second = signed_in(type(client)(), make_user(top, UnitRole.Role.STAFF_ADMIN, full_name="Lý Hai"))
    page.post(f"/nhap-xuat/{batch.pk}/ghi/", {"version": batch.version})

    answer = second.post(f"/nhap-xuat/{batch.pk}/ghi/", {"version": batch.version}, follow=True)

    assert "Việc nhập này đã được Phạm Thu Hà xử lý lúc 08:00 2/3/2026 (đã ghi)." in text_of(answer)


def test_look_alikes_are_settled_on_the_page(page, keeper, top):
    known = make_person(
        "Lê An", Person.objects.model.objects.none().first() or keeper.person.unit.children.get()
    )
    batch = previewed(
        keeper, workbook(PEOPLE, person_row("Lê An", code="CB-9"), person_row("Lê An", code="CB-8"))
    )
    shown = text_of(page.get(f"/nhap-xuat/{batch.pk}/"))
    first, second = batch.rows.order_by("number")

    choices = {
        f"row_{first.pk}": str(known.pk),
        f"row_{second.pk}": "different",
        "row_x": "y",
        "version": batch.version,
    }
    page.post(f"/nhap-xuat/{batch.pk}/trung/", choices)

    batch.refresh_from_db()
    assert f'name="row_{first.pk}" value="{known.pk}"' in shown
    assert batch.counts == {"update": 1, "create": 1}


def test_many_look_alikes_of_one_person_each_are_settled_at_once(page, keeper, top):
    people = [make_person(f"Lê An {place}", top.children.get()) for place in range(3)]
    rows = [person_row(one.full_name, code=f"CB-{place}") for place, one in enumerate(people)]
    batch = previewed(keeper, workbook(PEOPLE[:-1], *(row[:-1] for row in rows)))

    page.post(f"/nhap-xuat/{batch.pk}/trung/", {"all": "same", "version": batch.version})

    batch.refresh_from_db()
    assert batch.counts == {"update": 3}


def test_refused_rows_are_given_back_with_their_reasons(page, keeper):
    batch = previewed(
        keeper,
        workbook(PEOPLE, person_row(), person_row("Vũ Cúc", "Trung tâm Z", code="CB-Z", born="31/02/1990")),
    )

    rows = cells_given(page.get(f"/nhap-xuat/{batch.pk}/khong-nhan/"))

    assert rows[0] == [
        "Dòng trong tệp",
        *PEOPLE[1:2],
        *[h for h in PEOPLE if h not in PEOPLE[1:2]],
        "Lý do không nhận",
    ]
    assert (rows[1][0], rows[1][1], len(rows)) == (3, "Vũ Cúc", 2)
    assert rows[1][-1].split("\n") == [
        "Không tìm thấy đơn vị “Trung tâm Z”. Ghi đúng tên hoặc mã đơn vị trong hệ thống.",
        "Ngày “31/02/1990” ở cột “Ngày sinh” không có thật. Kiểm tra lại ngày, tháng.",
    ]


@pytest.mark.parametrize("target", ["people", "units", "clusters"])
def test_a_template_comes_in_by_its_own_columns(page, keeper, target):
    make_kind()
    content = file_given(page.get(f"/nhap-xuat/mau/{target}/"))
    options = {
        "authority": str(keeper.person.unit_id),
        "authority_name": "",
        "year": 2026,
        "parent": "",
        "kind": "",
        "founded_on": "",
    }

    batch = taken_in(keeper, content, target=target, **options)

    assert len(batch.mapping) == len(batch.headings) > 3


def test_a_long_file_is_left_to_the_worker_and_found_again(page, keeper, monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 0)
    batch = previewed(keeper, workbook(PEOPLE, person_row()))

    page.post(f"/nhap-xuat/{batch.pk}/ghi/", {"version": batch.version})

    batch.refresh_from_db()
    assert batch.status == "done"
    assert 'href="/nhap-xuat/' in text_of(page.get("/nhap-xuat/"))


def test_progress_is_asked_for_in_pieces_and_works_without_scripts(page, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    saving.confirm(batch, by=keeper, version=batch.version)

    whole = text_of(page.get(f"/nhap-xuat/{batch.pk}/"))
    piece = text_of(page.get(f"/nhap-xuat/{batch.pk}/", headers={"HX-Request": "true"}))
    saving.save_rows(batch.pk)
    after = text_of(page.get(f"/nhap-xuat/{batch.pk}/", headers={"HX-Request": "true"}))

    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in whole
    assert piece.strip().startswith('<div id="job" hx-get=')
    assert ("hx-trigger" in after, "Xem kết quả" in after) == (False, True)


def test_work_that_was_killed_is_offered_to_be_continued(page, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    saving.confirm(batch, by=keeper, version=batch.version)
    Import.objects.update(updated_at=timezone.now() - timedelta(minutes=2))

    shown = text_of(page.get(f"/nhap-xuat/{batch.pk}/"))
    page.post(f"/nhap-xuat/{batch.pk}/tiep-tuc/")

    batch.refresh_from_db()
    assert "Không thấy tiến triển đã hơn nửa phút" in shown
    assert batch.status == "done"


def test_a_whole_import_is_taken_back_on_the_page(page, keeper):
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="CB-1"))))

    shown = text_of(page.get(f"/nhap-xuat/{batch.pk}/hoan-tac/"))
    page.post(f"/nhap-xuat/{batch.pk}/hoan-tac/", {"version": batch.version})

    batch.refresh_from_db()
    assert "Hoàn tác 1 dòng" in shown
    assert (batch.status, Person.objects.filter(staff_code="CB-1").exists()) == ("undone", False)


def test_what_is_in_the_way_of_an_undo_is_listed(page, keeper, top):
    batch = saved(keeper, previewed(keeper, workbook(PEOPLE, person_row("Lê An", code="CB-1"))))
    make_role(Person.objects.get(staff_code="CB-1"), top)

    shown = page.get(f"/nhap-xuat/{batch.pk}/hoan-tac/")
    answer = page.post(f"/nhap-xuat/{batch.pk}/hoan-tac/", {"version": batch.version})

    assert (shown.status_code, answer.status_code) == (200, 422)
    assert "Lê An" in text_of(answer)


def test_a_file_may_be_let_go(page, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))

    page.post(f"/nhap-xuat/{batch.pk}/bo/", {"version": batch.version})

    batch.refresh_from_db()
    assert (batch.status, batch.rows.count(), batch.sheets) == ("dropped", 0, [])


@pytest.mark.parametrize("place", ["", "cot/", "hoan-tac/", "khong-nhan/"])
def test_others_do_not_find_an_import(client, keeper, place):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    stranger = make_user(make_unit("Bộ khác"), UnitRole.Role.STAFF_ADMIN, full_name="Lý Lạ")

    assert signed_in(client, stranger).get(f"/nhap-xuat/{batch.pk}/{place}").status_code == 404


@pytest.mark.parametrize("act", ["ghi/", "bo/", "doc-lai/", "trung/", "tiep-tuc/", "hoan-tac/"])
def test_others_cannot_act_on_an_import(client, keeper, act):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    stranger = make_user(make_unit("Bộ khác"), UnitRole.Role.STAFF_ADMIN, full_name="Lý Lạ")

    answer = signed_in(client, stranger).post(f"/nhap-xuat/{batch.pk}/{act}", {"version": batch.version})

    batch.refresh_from_db()
    assert (answer.status_code, batch.status) == (404, "previewed")


def test_the_superior_finds_the_imports_of_the_units_below(client, keeper, top):
    office = top.children.get()
    clerk = make_user(office, UnitRole.Role.STAFF_ADMIN, full_name="Lý Dưới")
    batch = previewed(clerk, workbook(PEOPLE, person_row()))

    assert signed_in(client, keeper).get(f"/nhap-xuat/{batch.pk}/").status_code == 200


def test_whoever_lost_the_right_loses_the_own_imports_too(page, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))
    keeper.person.unit_roles.all().delete()

    assert [page.get(f"/nhap-xuat/{batch.pk}/").status_code, page.get("/nhap-xuat/").status_code] == [
        404,
        403,
    ]


@pytest.mark.parametrize("role", [UnitRole.Role.OFFICER, UnitRole.Role.AUDITOR, None])
def test_only_who_may_import_meets_the_form(client, top, role):
    user = make_user(top, role, full_name="Lý Khác")

    assert signed_in(client, user).get("/nhap-xuat/nhap/people/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/nhap-xuat/").status_code == 302


def test_lists_cost_the_same_number_of_queries_for_few_and_many(page, keeper):
    counts = []
    for number in (3, 60):
        for _file in range(number // 3):
            batch = previewed(
                keeper, workbook(PEOPLE, *(person_row(f"Lê An {place}") for place in range(number)))
            )
        pair = []
        for address in (
            "/nhap-xuat/",
            f"/nhap-xuat/{batch.pk}/",
            f"/nhap-xuat/{batch.pk}/?show=create&after=2",
        ):
            with CaptureQueriesContext(connection) as seen:
                page.get(address)
            pair.append(len(seen))
        counts.append(pair)

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_both_languages_take_the_same_headings(page, keeper):
    page.cookies["django_language"] = "en"

    page.post("/nhap-xuat/nhap/people/", sent(workbook(PEOPLE, person_row("Lê An"))))

    assert len(Import.objects.get().mapping) == len(PEOPLE)


def test_an_administrator_may_bring_in_everything(client):
    user = make_administrator()

    shown = text_of(signed_in(client, user).get("/nhap-xuat/"))

    assert [f"/nhap-xuat/nhap/{name}/" in shown for name in ("people", "units", "clusters")] == [True] * 3


def test_undo_of_what_was_never_saved_leads_back(page, keeper):
    batch = previewed(keeper, workbook(PEOPLE, person_row()))

    answer = page.get(f"/nhap-xuat/{batch.pk}/hoan-tac/")

    assert (answer.status_code, answer.url) == (302, f"/nhap-xuat/{batch.pk}/")
    assert undoing.applied_rows(batch).count() == 0
