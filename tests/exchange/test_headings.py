import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.core.text.folding import fold
from thidua.exchange.fields import missing_fields
from thidua.exchange.headings import doubts_of, numbers_columns, recognise, recognise_at
from thidua.organisations.importing_clusters import FIELDS as MEMBERS
from thidua.organisations.importing_people import FIELDS as PEOPLE
from thidua.organisations.importing_units import AFTER_KIND, CODE, NAME, SHORT_NAME

UNITS = (CODE, NAME, SHORT_NAME, *AFTER_KIND)
ALL = {"people": PEOPLE, "units": UNITS, "clusters": MEMBERS}


def fields_of(*headings, fields=PEOPLE):
    """Return which field each heading is taken for, "" for none."""
    found = recognise_at(fields, [(1, headings)], 1)
    names = {column: name for name, column in found.mapping.items()}
    return [names.get(place, "") for place in range(len(headings))]


@pytest.mark.parametrize(
    "headings",
    [
        ("Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ"),
        ("HỌ VÀ TÊN", "NGÀY SINH", "ĐƠN VỊ", "CHỨC VỤ"),
        ("ho va ten", "ngay sinh", "don vi", "chuc vu"),
        ("HoVaTen", "NgaySinh", "DonVi", "ChucVu"),
        ("Họ tên CBCCVC", "Ngày, tháng, năm sinh", "Đơn vị công tác", "Chức vụ/Chức danh"),
        ("Họ và tên (*)", "Ngày sinh (dd/mm/yyyy)", "ĐV", "CV"),
        ("2. Họ và tên", "3. Ngày sinh", "4. Đơn vị", "5. Chức vụ"),
        ("Họ và\ntên", "Ngày\nsinh", "Cơ quan, đơn vị", "Chức vụ\nhiện tại"),
        ("Họ và tên cán bộ, công chức", "Sinh ngày", "Phòng ban", "Chức danh"),
        ("Họ vá tên", "Ngày sính", "Đơn vi", "Chức vu"),
        ("full_name", "birth_date", "unit", "position"),
    ],
)
def test_headings_are_known_however_they_are_written(headings):
    assert fields_of(*headings) == ["full_name", "birth_date", "unit", "position"]


def test_what_is_not_known_is_left_to_the_clerk():
    assert fields_of("STT", "Số CCCD", "Dân tộc", "Ghi chú", "Quê quán", "Trình độ") == [""] * 6


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Email cơ quan", "email"),
        ("Thư điện tử công vụ", "email"),
        ("Điện thoại cơ quan", "phone"),
        ("ĐT cơ quan", "phone"),
        ("Phòng ban công tác", "unit"),
        ("Đơn vị công tác", "unit"),
        ("Cơ quan công tác hiện nay", "unit"),
        ("Ma CBCC", "staff_code"),
        ("Mã số CBCC", "staff_code"),
        ("Mã công chức, viên chức", "staff_code"),
        ("Chức vụ đơn vị", "position"),
        ("Ngày bổ nhiệm chức vụ", "valid_from"),
        ("Trưởng đơn vị", ""),
        ("Địa chỉ cơ quan", ""),
        ("Ngày vào cơ quan", ""),
        ("Nhân viên", ""),
    ],
)
def test_a_heading_is_what_it_names_first(heading, field):
    assert fields_of(heading) == [field]


@pytest.mark.parametrize(
    ("heading", "meanings"),
    [
        ("Chức vụ, đơn vị công tác", ("position", "unit")),
        ("Họ và tên, ngày sinh", ("full_name", "birth_date")),
        ("Email/Số điện thoại", ("email", "phone")),
        ("Đơn vị cũ", ("unit",)),
        ("Số hiệu quyết định", ("staff_code",)),
        ("Ngày sinh con", ("birth_date",)),
    ],
)
def test_a_heading_of_two_meanings_is_asked(heading, meanings):
    assert fields_of("Ghi chú", heading) == ["", ""]
    assert doubts_of(PEOPLE, ("Ghi chú", heading)) == {1: meanings}


def test_headings_that_are_asked_are_headings_still():
    rows = [(1, ("Họ và tên", "Chức vụ, đơn vị", "Ngày sinh")), (2, ("Lê An", "Chuyên viên Phòng A", "1980"))]

    assert dict(recognise(PEOPLE, rows).mapping) == {"full_name": 0, "birth_date": 2}


def test_a_clear_heading_is_not_asked():
    assert doubts_of(PEOPLE, ("Họ và tên", "Chức vụ/Chức danh", "Phòng, ban", "Email cơ quan", "")) == {}


def test_the_best_fit_takes_the_column():
    assert fields_of("Tên", "Họ đệm", "Đơn vị") == ["given_name", "family_name", "unit"]
    assert fields_of("Đơn vị", "Đơn vị cấp trên", "Mã đơn vị", fields=UNITS) == ["name", "parent", "code"]


@pytest.mark.parametrize("fields", ALL.values(), ids=ALL)
def test_every_own_heading_is_taken_for_its_own_field(fields):
    labels = [str(field.label) for field in fields]

    assert fields_of(*labels, fields=fields) == [field.name for field in fields]


@pytest.mark.parametrize("fields", ALL.values(), ids=ALL)
def test_every_synonym_alone_is_taken_for_its_field(fields):
    wrong = [
        (field.name, text, fields_of(text, fields=fields))
        for field in fields
        for text in field.synonyms
        if fields_of(text, fields=fields) != [field.name]
    ]

    assert wrong == []


spoilt = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        str.title,
        fold,
        lambda text: f" {text} *",
        lambda text: f"({text})",
        lambda text: text.replace(" ", "  "),
    ]
)


@given(
    places=st.permutations([field.name for field in PEOPLE if not field.part_of]),
    spoil=st.lists(spoilt, min_size=12, max_size=12),
    strange=st.lists(st.sampled_from(["STT", "Ghi chú", "Dân tộc", "Quê quán", "CCCD"]), max_size=3),
    above=st.integers(0, 4),
)
def test_any_order_case_marks_and_further_columns_read_the_same(places, spoil, strange, above):
    labels = {field.name: str(field.label) for field in PEOPLE}
    headings = [change(labels[name]) for name, change in zip(places, spoil, strict=False)] + strange
    rows = [(number + 1, ("DANH SÁCH CÁN BỘ, CÔNG CHỨC", None)) for number in range(above)]

    found = recognise(PEOPLE, [*rows, (above + 1, tuple(headings)), (above + 2, ("1", "Lê An"))])

    assert found.row == above + 1
    assert found.mapping == {name: place for place, name in enumerate(places)}


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=40), st.integers()), max_size=8), max_size=8))
def test_whatever_stands_there_no_column_is_given_twice(rows):
    found = recognise(PEOPLE, [(number, tuple(cells)) for number, cells in enumerate(rows, 1)])

    assert len(set(found.mapping.values())) == len(found.mapping)


def test_a_title_above_the_headings_is_passed_over():
    rows = [(1, ("BỘ TƯ PHÁP",)), (2, ("DANH SÁCH ĐƠN VỊ VÀ CÁN BỘ",)), (4, ("TT", "Họ và tên", "Đơn vị"))]

    assert recognise(PEOPLE, rows).row == 4


def test_a_heading_under_a_merged_cell_takes_its_words():
    rows = [
        (1, ("TT", "Họ và tên", "Ngày sinh", None, "Thông tin công tác", None)),
        (2, (None, None, "Nam", "Nữ", "Đơn vị", "Chức vụ")),
        (3, (1, "Lê An", "1/1/1980", None, "Phòng A", "Chuyên viên")),
    ]

    found = recognise(PEOPLE, rows)

    assert found.row == 2
    assert dict(found.mapping) == {
        "full_name": 1,
        "birth_date_male": 2,
        "birth_date_female": 3,
        "unit": 4,
        "position": 5,
    }
    assert found.headings[3] == "Ngày sinh – Nữ"


def test_rows_of_people_are_no_headings():
    assert recognise(PEOPLE, [(1, (1, "Nguyễn Văn An", "1/1/1980", "Phòng A")), (2, (2, "Lê Bình"))]).row == 0


def test_the_clerk_may_say_that_the_headings_stand_elsewhere():
    rows = [(1, ("Họ và tên", "Đơn vị")), (2, ("Họ tên", "Phòng"))]

    assert [recognise_at(PEOPLE, rows, row).row for row in (1, 2)] == [1, 2]
    assert recognise_at(PEOPLE, rows, 9).mapping == {}


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        ((1, 2, 3, 4), True),
        (("(1)", "(2)", "(3)"), True),
        (("A", "B", 1, 2), True),
        ((1, "Nguyễn Văn An", 3), False),
        ((7, 8, 9), False),
        ((1, 2), False),
        ((), False),
    ],
)
def test_a_row_that_numbers_the_columns_is_told_from_data(cells, numbers):
    assert numbers_columns(cells) is numbers


def test_columns_that_stand_in_for_a_required_one_will_do():
    mapping = {"family_name": 0, "given_name": 1, "unit": 2, "position": 3, "staff_kind": 4}

    assert [field.name for field in missing_fields(PEOPLE, mapping)] == ["valid_from"]
    assert missing_fields(PEOPLE, mapping, {"valid_from"}) == []
