"""A file dropped on the page: a plan comes in, and whatever is none is answered with a sentence."""

import re
from io import RawIOBase

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.bad_files import NOT_A_PLAN, NOVEL, REFUSED, REMARKED
from factories import make_cluster, make_unit, signed_in
from movements.stage import opened, said, sent, text_of
from thidua.demo.data_files import PLANS
from thidua.library.models import StoredFile
from thidua.library.services import DEFAULT_LIMIT
from thidua.movements.models import Movement

pytestmark = pytest.mark.django_db

# What the page finds out before the reader of files does, or after it.
TOLD_BY_THE_PAGE = {
    "rong.docx": "Tệp này trống, không có gì để đọc.",
    "loi.txt": "Phần lớn chữ trong tệp bị hỏng, không đọc được. Lấy bản gốc hoặc bản PDF khác rồi gửi lại.",
}
INSISTING = re.compile(r'name="(again|anyway|both)"')
NO_PLAN = (
    "Tệp này không phải văn bản phát động thi đua: không thấy loại văn bản, chủ đề hay nội dung phát động."
)
FOREIGN = "Tệp này không phải tiếng Việt: máy chỉ đọc văn bản tiếng Việt nên chưa lấy được mục nào."
TALE = "Ngày xưa ở một làng kia có hai anh em mồ côi cha mẹ từ thuở nhỏ, sống với nhau rất hòa thuận.\n" * 20
PLAN = """BỘ THỬ NGHIỆM
Số: 12/KH-BTN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày 20 tháng 01 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2026

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.

II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị gửi bản đăng ký thi đua trước ngày {day}./.
"""


@pytest.fixture
def counted(stage):
    """Return how many movements and kept files there are more than before."""
    before = Movement.objects.count(), StoredFile.objects.count()
    return lambda: (Movement.objects.count() - before[0], StoredFile.objects.count() - before[1])


def dropped(stage, content, name="ke-hoach.txt", **given):
    content = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, content)
    return sent(stage.officer, "intake", **{"file": file, "organiser": stage.house.name} | given)


def made(stage):
    """Return the movement that was not there before."""
    before = [movement.pk for movement in (stage.movement, stage.prepared, stage.own, stage.stalled)]
    return Movement.objects.exclude(pk__in=before).get()


def test_a_plan_dropped_leads_to_its_check_page(stage, counted):
    answer = dropped(stage, PLAN.format(day="15/3/2026"))

    assert counted() == (1, 1)
    assert answer.redirect_chain[-1][0] == reverse("movements:check", args=[made(stage).pk])
    assert "Hoàn thành 100% nhiệm vụ được giao." in text_of(answer)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_by_its_sentence_and_not_kept(stage, counted, name):
    content, sentence = REFUSED[name]

    answer = dropped(stage, content, name)

    told = TOLD_BY_THE_PAGE.get(name, sentence)
    assert (answer.status_code, told in text_of(answer), counted()) == (422, True, (0, 0))


@pytest.mark.parametrize("name", REMARKED)
def test_what_is_remarkable_is_told_on_the_check_page(stage, name):
    content, sentence = REMARKED[name]

    assert sentence in text_of(dropped(stage, content, name))


def test_no_file_is_told(stage, counted):
    answer = sent(stage.officer, "intake", organiser=stage.house.name)

    assert (answer.status_code, "Chưa chọn tệp nào." in text_of(answer), counted()) == (422, True, (0, 0))


def test_a_novel_is_no_plan_and_is_taken_in_only_when_insisted_on(stage, counted):
    refused = dropped(stage, NOVEL, "novel.txt")
    before = counted()
    taken = dropped(stage, NOVEL, "novel.txt", anyway="1")

    assert (refused.status_code, FOREIGN in text_of(refused), before) == (422, True, (0, 0))
    assert NOT_A_PLAN in text_of(taken)
    assert (
        not made(stage).plan.items.filter(field__in=("deadlines", "targets", "contents", "themes")).exists()
    )


def test_a_tale_is_no_plan_and_one_in_another_language_is_called_so(stage):
    pages = [text_of(dropped(stage, text, "tep.txt")) for text in (TALE, NOVEL)]

    told = [(NO_PLAN in page, FOREIGN in page, "Vẫn lưu" in page) for page in pages]
    assert told == [(True, False, True), (False, True, False)]
    assert "Đọc như văn bản tiếng Việt" in pages[1]


def test_asked_by_htmx_the_browser_is_told_where_to_go(stage):
    client = signed_in(Client(headers={"HX-Request": "true"}), stage.officer)
    file = SimpleUploadedFile("ke-hoach.txt", PLAN.format(day="15/3/2026").encode())

    answer = client.post(reverse("movements:intake"), {"file": file, "organiser": stage.house.name})

    assert answer["HX-Redirect"] == reverse("movements:check", args=[made(stage).pk])


def test_a_day_no_calendar_has_waits_and_holds_the_launch_up(stage):
    dropped(stage, PLAN.format(day="31/02/2026"))

    answer = sent(stage.officer, "launch", made(stage).pk, go="1", unit=stage.north.pk)

    assert (answer.status_code, made(stage).status) == (422, Movement.Status.PREPARING)
    assert "mục cần kiểm tra." in text_of(answer)
    assert "Ngày này không có trong lịch" in text_of(opened(stage.officer, "check", made(stage).pk))


def test_a_plan_under_two_headers_is_one_plan_with_its_own_number(stage):
    decision = (
        "BỘ THỬ NGHIỆM\nSố: 11/QĐ-BTN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Hà Nội, ngày 19 tháng 01 năm 2026\n\nQUYẾT ĐỊNH\n"
        "Ban hành Kế hoạch phát động phong trào thi đua năm 2026\n\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n\nBỘ TRƯỞNG\nĐỗ Khắc Thiệu\n\n"
    )

    dropped(stage, decision + PLAN.format(day="15/3/2026"))

    plan = made(stage).plan
    assert (plan.number, plan.items.filter(field="number").count()) == ("12/KH-BTN", 1)
    assert plan.items.filter(field="contents").count() == 1


def test_the_same_plan_twice_leads_to_the_first_unless_it_is_asked_for(stage, counted):
    text = PLAN.format(day="15/3/2026")
    dropped(stage, text)
    first = made(stage)

    again = dropped(stage, text, "ten-khac.txt")
    once = counted()
    dropped(stage, text, again="1")

    page = text_of(again)
    assert (again.status_code, "Văn bản này đã được đưa vào trước đây." in page) == (422, True)
    assert (reverse("movements:check", args=[first.pk]) in page or str(first.pk) in page) is True
    assert (once, counted()[0]) == ((1, 1), 2)


def test_keeping_a_file_that_is_no_plan_lets_no_known_plan_pass(stage, counted):
    text = PLAN.format(day="15/3/2026")
    dropped(stage, text)

    answer = dropped(stage, text, anyway="1")

    assert (answer.status_code, counted()) == (422, (1, 1))
    assert INSISTING.findall(text_of(answer)) == ["both"]


def test_a_known_file_that_is_no_plan_is_kept_once_both_were_asked(stage, counted):
    dropped(stage, NOVEL, "novel.txt", anyway="1")

    offered = [
        INSISTING.findall(text_of(dropped(stage, NOVEL, "novel.txt", **given)))
        for given in ({}, {"again": "1"}, {"both": "1"})
    ]

    assert (offered, counted()) == ([["again"], ["both"], []], (2, 2))


def test_a_plan_is_not_taken_in_for_a_unit_of_others(stage, counted):
    answer = dropped(stage, PLAN, organiser=make_unit("Foreign").name)

    assert (answer.status_code, counted()) == (422, (0, 0))


def test_no_choice_of_the_form_is_a_row_of_dashes(stage):
    make_cluster(stage.house, stage.west)

    page = text_of(opened(stage.officer, "intake"))

    assert re.findall(r">(-+|Theo [^<]*)</option>", page) == ["Theo văn bản"]


def test_a_sample_is_taken_in_as_if_it_had_been_dropped(stage, settings):
    settings.SAMPLE_PLANS = PLANS

    answer = sent(stage.officer, "take_sample", "04-cao-diem-so-lao-cai-2025.txt")

    assert made(stage).plan.number == "9907/KH-STP"
    assert answer.redirect_chain[-1][0] == reverse("movements:check", args=[made(stage).pk])


def test_a_sample_taken_in_twice_leads_to_the_first(stage, settings):
    settings.SAMPLE_PLANS = PLANS
    sent(stage.officer, "take_sample", "04-cao-diem-so-lao-cai-2025.txt")
    first = made(stage)

    answer = sent(stage.officer, "take_sample", "04-cao-diem-so-lao-cai-2025.txt")

    assert made(stage) == first
    assert answer.redirect_chain[0][0] == reverse("movements:detail", args=[first.pk])
    assert "Văn bản mẫu này đã được đưa vào trước đây" in text_of(answer)


def test_without_samples_there_is_none_to_take(stage, settings, counted):
    settings.SAMPLE_PLANS = None

    assert sent(stage.officer, "take_sample", "04-cao-diem-so-lao-cai-2025.txt").status_code == 404
    assert counted() == (0, 0)


class Sending(RawIOBase):
    """A form on its way in with a file of so many bytes, made as they are read; sees how much room they take."""

    def __init__(self, organiser, size, folder):
        part = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
        head = f"--b\r\n{part.format('organiser', '')}{organiser}\r\n--b\r\n"
        self.head = (head + part.format("file", '; filename="lon.docx"')).encode()
        self.tail = b"\r\n--b--\r\n"
        self.left, self.length = size, len(self.head) + size + len(self.tail)
        self.folder, self.most = folder, 0

    def read(self, size=-1):
        if self.head:
            piece, self.head = self.head, b""
        elif self.left:
            piece = bytes(min(self.left, size))
            self.left -= len(piece)
        else:
            piece, self.tail = self.tail, b""
        self.most = max(self.most, sum(file.stat().st_size for file in self.folder.iterdir()))
        return piece


def test_a_file_of_300_megabytes_is_refused_and_takes_no_more_room_than_the_limit(
    stage, counted, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    form = Sending(stage.house.name, 300 << 20, tmp_path)
    browser = signed_in(Client(), stage.officer)

    answer = browser.generic(
        "POST",
        reverse("movements:intake"),
        CONTENT_TYPE="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(form.length),
        **{"wsgi.input": form},
    )

    assert (answer.status_code, counted()) == (422, (0, 0))
    assert "Tệp lớn hơn 50 MB. Tách phụ lục ra rồi gửi lại." in text_of(answer)
    assert DEFAULT_LIMIT <= form.most <= DEFAULT_LIMIT + (1 << 20)
    assert list(tmp_path.iterdir()) == []


def test_as_many_units_as_a_country_has_are_named_in_one_form(stage):
    answer = sent(stage.officer, "launch", stage.prepared.pk, unit=[stage.north.pk, *range(11_000)])

    assert (answer.status_code, said(answer)) == (200, [])
