import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse

from factories import make_user, signed_in
from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.documents.errors import DocumentError
from thidua.library.models import StoredFile
from thidua.library.services import path_of, register_document
from thidua.movements.models import Deadline, Movement, Plan, PlanItem
from thidua.movements.selectors.checking import checking
from thidua.movements.services import intake
from thidua.movements.services.checking import open_questions
from thidua.movements.terms import course_of

pytestmark = pytest.mark.django_db

PLAN = """BỘ TƯ PHÁP
Số: 12/KH-BTP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 20 tháng 01 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2026

Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022;
Bộ Tư pháp phát động phong trào thi đua với chủ đề “Kỷ cương, sáng tạo, về đích sớm” như sau:

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.
2. Đẩy mạnh chuyển đổi số.

II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị gửi bản đăng ký thi đua trước ngày 15/3/2026./.

Nơi nhận:
- Các đơn vị thuộc Bộ (để thực hiện);
- Lưu: VT.

BỘ TRƯỞNG
Đỗ Khắc Thiệu
"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def take_in(content, name="ke-hoach.txt", **given):
    return intake.take_in(content if isinstance(content, bytes) else content.encode(), name, **given)


def made_of(text, organiser, by):
    source = Source.from_text(text)
    return intake.make_movement(source, read(source), organiser=organiser, by=by)


def values(movement, field):
    return list(
        PlanItem.objects.filter(plan=movement.plan, field=field)
        .order_by("order")
        .values_list("value", flat=True)
    )


def test_a_plan_comes_in_with_all_that_it_says_once(ministry, officer):
    movement = take_in(PLAN, organiser=ministry, by=officer)

    plan = Plan.objects.get(movement=movement)
    assert (plan.number, str(plan.issued_on), plan.signer_name) == (
        "12/KH-BTP",
        "2026-01-20",
        "Đỗ Khắc Thiệu",
    )
    assert movement.name == "Phát động phong trào thi đua năm 2026"
    assert movement.theme == "Kỷ cương, sáng tạo, về đích sớm"


def test_every_item_stands_where_its_quote_is(ministry, officer):
    movement = made_of(PLAN, ministry, officer)

    placed = PlanItem.objects.filter(plan=movement.plan, start__isnull=False)
    assert [i.quote for i in placed] == [" ".join(PLAN[i.start : i.end].split()) for i in placed]


def test_contents_hold_their_whole_text(ministry, officer):
    movement = made_of(PLAN, ministry, officer)

    assert values(movement, "contents") == [
        {"number": "1", "text": "Hoàn thành 100% nhiệm vụ được giao."},
        {"number": "2", "text": "Đẩy mạnh chuyển đổi số."},
    ]


@pytest.mark.parametrize(
    ("said", "kept", "last_day"),
    [
        ("trước ngày 20 hằng tháng", "trước ngày 20 hằng tháng", "2026-02-19"),
        ("Trước  ngày 20 hằng tháng", "trước ngày 20 hằng tháng", "2026-02-19"),
        ("chậm nhất ngày 20 hằng tháng", "ngày 20 hằng tháng", "2026-02-20"),
    ],
)
@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("reports", "Các đơn vị gửi báo cáo kết quả về Vụ Tổ chức cán bộ"),
        ("deadlines", "Các đơn vị họp giao ban"),
    ],
)
def test_a_rhythm_keeps_whether_its_day_is_the_last_or_too_late(
    ministry, officer, field, asked, said, kept, last_day
):
    text = PLAN.replace(
        "1. Các đơn vị gửi bản đăng ký thi đua trước ngày 15/3/2026./.", f"1. {asked} {said}./."
    )
    movement = made_of(text, ministry, officer)
    movement.starts_on = date(2026, 2, 1)

    (value,) = values(movement, field)

    row = Deadline(movement=movement, relation=value["relation"], recurring=value["recurring"])
    assert (value["recurring"], course_of(row, on=date(2026, 2, 1))[0].isoformat()) == (kept, last_day)


def test_the_file_is_kept_unchanged(ministry, officer):
    movement = take_in(PLAN, organiser=ministry, by=officer)

    assert path_of(movement.plan.file.sha256).read_bytes() == PLAN.encode()


def test_the_same_plan_twice_leads_to_the_first(ministry, officer):
    first = take_in(PLAN, organiser=ministry, by=officer)

    with pytest.raises(intake.AlreadyTakenInError) as refused:
        take_in(PLAN, "ban-khac-ten.txt", organiser=ministry, by=officer)

    assert refused.value.movement == first
    assert (Movement.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_the_same_plan_may_be_read_anew_when_asked(ministry, officer):
    take_in(PLAN, organiser=ministry, by=officer)
    take_in(PLAN, organiser=ministry, by=officer, again=True)

    assert Movement.objects.count() == 2


def test_the_same_plan_taken_in_elsewhere_by_others_is_another_plan(ministry, departments, officer):
    clerk = make_user(departments[0])
    take_in(PLAN, organiser=ministry, by=officer)
    take_in(PLAN, organiser=departments[0], by=clerk)

    assert Movement.objects.count() == 2


def broken_docx():
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        package.writestr("word/document.xml", "<w:document/>" * 500)
        package.writestr("[Content_Types].xml", "<Types/>")
    return whole.getvalue()[:300]


PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rong.txt"),
        (PNG, "anh.docx"),
        (broken_docx(), "cut.docx"),
        (b"\x7fELF" + b"\0" * 60, "chuong-trinh.pdf"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name_and_not_kept(ministry, officer, content, name):
    with pytest.raises(DocumentError) as refused:
        take_in(content, name, organiser=ministry, by=officer)

    assert f"“{name}”" in str(refused.value)
    assert (Movement.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_text_without_words_is_refused(ministry, officer):
    with pytest.raises(UnreadableTextError):
        take_in("x9q x7z 3k2m4 qwrtpsdf zxcvbnm " * 30, organiser=ministry, by=officer)

    assert StoredFile.objects.count() == 0


def test_a_document_that_launches_nothing_says_so(ministry, officer):
    text = PLAN.replace("KẾ HOẠCH\nPhát động phong trào", "QUY CHẾ\nHoạt động của Cụm").replace(
        "phát động", "quy định"
    )

    movement = made_of(text, ministry, officer)

    assert intake.NOT_A_LAUNCH in movement.plan.notices


def test_a_novel_comes_in_as_what_it_is(ministry, officer):
    novel = "It was the best of times, it was the worst of times. " * 40

    movement = made_of(novel, ministry, officer)

    assert movement.plan.notices == [intake.NOT_A_LAUNCH]
    assert values(movement, "deadlines") == []


def test_what_cannot_be_right_waits_however_surely_it_was_read(ministry, officer):
    text = PLAN.replace("ngày 20 tháng 01 năm 2026", "ngày 30 tháng 02 năm 2026")

    movement = made_of(text, ministry, officer)

    assert "issued_on" in [item.field for item in open_questions(movement.plan)]
    assert movement.plan.issued_on is None


def test_a_plan_under_two_headers_is_read_as_one_plan(ministry, officer):
    decision = PLAN.split("KẾ HOẠCH\n", maxsplit=1)[0].replace("12/KH-BTP", "11/QĐ-BTP")
    text = (
        decision
        + "QUYẾT ĐỊNH\nBan hành Kế hoạch phát động phong trào thi đua năm 2026\n\n"
        + "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\n"
        + PLAN
    )

    movement = made_of(text, ministry, officer)

    assert len(values(movement, "number")) <= 1
    assert [v["text"] for v in values(movement, "themes")] == ["Kỷ cương, sáng tạo, về đích sớm"]


def test_the_samples_of_the_demonstration_come_in(ministry, officer):
    folder = Path(intake.__file__).parents[2] / "demo" / "plans"

    movement = take_in(
        (folder / "09-van-ban-co-loi.txt").read_bytes(), "09.txt", organiser=ministry, by=officer
    )

    waiting = {item.field for item in open_questions(movement.plan)}
    assert {"issued_on", "period", "legal_basis"} <= waiting


def test_a_basis_the_register_knows_with_another_day_waits_for_a_person(ministry, officer):
    register_document(
        kind="LUAT", number="06/2022/QH15", issued_on=date(2022, 6, 16), issuer="Quốc hội", about=""
    )

    movement = made_of(PLAN.replace("ngày 15/6/2022", "ngày 15/6/2022 của Quốc hội"), ministry, officer)

    (line,) = checking(movement.plan).waiting
    assert [str(doubt.text) for doubt in line.doubts] == [
        "Sổ văn bản ghi số này ngày 16/6/2022. Xem lại ngày nào đúng."
    ]


NOVEL = "It was the best of times, it was the worst of times. " * 40
INVOICE = """HÓA ĐƠN GIÁ TRỊ GIA TĂNG
Số: 0001234
Đơn vị bán hàng: Công ty trách nhiệm hữu hạn Văn phòng phẩm Hoa Sen
Tên hàng hóa: Giấy in A4, số lượng 50 ram, đơn giá 72.000 đồng, thành tiền 3.600.000 đồng
Cộng tiền hàng: 3.600.000 đồng. Thuế suất 10%: 360.000 đồng. Tổng cộng: 3.960.000 đồng.
"""


@pytest.mark.parametrize("text", [NOVEL, INVOICE])
def test_what_is_no_plan_is_stopped_and_leaves_nothing(ministry, officer, text):
    with pytest.raises(intake.NotAPlanError):
        take_in(text, organiser=ministry, by=officer)

    assert (StoredFile.objects.count(), Movement.objects.count()) == (0, 0)


def test_what_is_no_plan_is_kept_where_somebody_wants_it(ministry, officer):
    movement = take_in(NOVEL, organiser=ministry, by=officer, anyway=True)

    assert movement.plan.file.name == "ke-hoach.txt"


def test_an_amending_decision_comes_in_without_asking(ministry, officer):
    text = PLAN.replace("KẾ HOẠCH\nPhát động phong trào thi đua", "QUYẾT ĐỊNH\nVề việc sửa đổi kế hoạch")
    text = text.replace("phát động phong trào thi đua với", "sửa đổi").replace("12/KH", "15/QĐ")

    assert take_in(text, organiser=ministry, by=officer).plan.doc_type == "QUYET_DINH"


def test_the_page_says_what_the_file_is_and_keeps_it_only_on_purpose(client, ministry, officer):
    address = reverse("movements:intake")
    signed_in(client, officer)

    def sent(**more):
        file = BytesIO(INVOICE.encode())
        file.name = "hoa-don.txt"
        return client.post(address, {"file": file, "organiser": ministry.name, **more})

    stopped = sent()
    assert (stopped.status_code, Movement.objects.count()) == (422, 0)
    assert "Tệp này không phải văn bản phát động thi đua" in stopped.content.decode()
    assert sent(anyway="1").status_code == 302
    assert Movement.objects.count() == 1
