import pytest

from core.plans.writing import plan, quotes_stand_in_text
from thidua.core.plans.closing import read_recipients, read_signer
from thidua.core.plans.contacts import read_contacts


def signed(closing):
    signer = read_signer(plan(f"I. NỘI DUNG\n1. Trồng cây.\n\n{closing}"))
    return signer and (signer.name, signer.mode)


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        (
            "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLò Văn Thấu",
            ("Lò Văn Thấu", "KT"),
        ),
        (
            "Nơi nhận:              TRƯỞNG PHÒNG\n-Lưu VT.\n                 Mai Trọng Khiêm",
            ("Mai Trọng Khiêm", None),
        ),
        ("**GIÁM ĐỐC**\n\n**Cao Thanh Sương**", ("Cao Thanh Sương", None)),
        ("TƯ LỆNH\n(Đã ký)\nChuẩn Đô đốc Lê Hữu Thành", ("Lê Hữu Thành", None)),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLý Văn Páo", ("Lý Văn Páo", "TM")),
        ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\n(Đã ký)\nThượng tá Võ Sông", ("Võ Sông", "TL")),
        ("HIỆU TRƯỞNG\n(đã ký và đóng dấu)\nPGS.TS. Võ Hoàng Nam", ("Võ Hoàng Nam", None)),
        ("GIÁM ĐỐC\nNGUYỄN THỊ SEN", ("NGUYỄN THỊ SEN", None)),
        (
            "| **Nơi nhận:** | **GIÁM ĐỐC** |\n|---|---|\n| - Lưu: VT. | **Lò Văn Phúc** |",
            ("Lò Văn Phúc", None),
        ),
        ("Trên đây là kế hoạch của bản.", None),
    ],
)
def test_the_signer_is_the_name_below_a_post(closing, expected):
    assert signed(closing) == expected


def test_a_heading_of_recipients_with_lost_marks_is_known():
    recipients = read_recipients(plan("I. NỘI DUNG\n1. Trồng cây.\nNơi nhân:\n- Các xã;\n- Luu: VT."))

    assert [one.who for one in recipients] == ["Các xã", "Luu: VT"]


def test_recipients_are_read_from_every_layout_of_the_list():
    closing = (
        "Nơi nhận:                             CHỦ TỊCH\n- Ban TĐKT (b/c);\n-Các xã;\n+ Hội (để t/hiện),\n"
        "- Lưu: VT, NC.\n"
        "                               Lò Văn Thấu"
    )

    recipients = read_recipients(plan(f"I. NỘI DUNG\n1. Trồng cây.\n{closing}"))
    assert [(one.who, one.purpose) for one in recipients] == [
        ("Ban TĐKT (b/c)", "báo cáo"),
        ("Các xã", None),
        ("Hội (để t/hiện)", "thực hiện"),
        ("Lưu: VT, NC", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "liên hệ Văn phòng Sở (qua chuyên viên Đỗ Minh Sơn, điện thoại 0967.470.000)",
            ("Văn phòng Sở", "Đỗ Minh Sơn", "chuyên viên", ("0967.470.000",), None),
        ),
        (
            "gửi Phòng (qua bà Phan Thị Lụa, ĐT 0912 345 678, email: thidua@example.edu.vn)",
            (None, "Phan Thị Lụa", None, ("0912 345 678",), "thidua@example.edu.vn"),
        ),
        ("gửi về Vụ Muối, số điện thoại 024.6273964", ("Vụ Muối", None, None, ("024.6273964",), None)),
        ("gửi vào hộp thư thidua@muoi.example.vn", (None, None, None, (), "thidua@muoi.example.vn")),
    ],
)
def test_phones_and_addresses_belong_to_who_is_named_before_them(sentence, expected):
    [one] = read_contacts(plan(f"I. TỔ CHỨC\n1. Khi cần, {sentence} để giải đáp."))

    assert (one.body, one.person, one.position, one.phone, one.email) == expected


def test_other_figures_are_no_phones():
    assert (
        read_contacts(plan("I. TỔ CHỨC\n1. Liên hệ trước ngày 30/9/2023; giá 3.000.000 đồng, dự án 0912."))
        == []
    )


def test_a_line_of_its_own_is_one_recipient_whatever_it_joins():
    outline = plan(
        "I. NỘI DUNG\n1. Thi đua.\n\nNơi nhận:\n- Bộ trưởng; các Thứ trưởng;\n- Lưu: VT.\n\nGIÁM ĐỐC\nLê Văn Tám"
    )

    assert [one.who for one in read_recipients(outline)] == ["Bộ trưởng; các Thứ trưởng", "Lưu: VT"]


def test_a_number_behind_a_name_in_brackets_is_a_telephone():
    outline = plan("Gửi về Phòng Tổ chức (ThS. Lê Đức An, 0236.3842.308) trước ngày 20/3/2024.")

    assert [(one.person, one.phone) for one in read_contacts(outline)] == [("Lê Đức An", ("0236.3842.308",))]


def test_a_telephone_may_be_written_with_a_single_figure_apart():
    (contact,) = read_contacts(plan("I. LIÊN HỆ\n1. Đồng chí Lục Văn Tài, số điện thoại 0209 3 871 234."))

    assert contact.phone == ("0209 3 871 234",)


@pytest.mark.parametrize(
    ("sentence", "person", "phone"),
    [
        ("Vướng mắc phản ánh về Văn phòng (đ/c Lê Đức An - 0915.336.782).", "Lê Đức An", "0915.336.782"),
        ("Mọi thắc mắc trao đổi với đồng chí Lê Đức An (0396 551 278).", "Lê Đức An", "0396 551 278"),
        ("Đầu mối: bà Lê Thị An: 0912.345.678.", "Lê Thị An", "0912.345.678"),
        ("Đầu mối: ông Lê Đức An – Chuyên viên, 0203.3842.308.", "Lê Đức An", "0203.3842.308"),
        ("Liên hệ Thiếu tá Lê Đức An, ĐT (0396 551 278).", "Lê Đức An", "0396 551 278"),
        ("Liên hệ ông Lê Đức An, ĐT (0203) 3842.308.", "Lê Đức An", "(0203) 3842.308"),
    ],
)
def test_a_person_named_before_a_number_tells_that_it_is_a_telephone(sentence, person, phone):
    outline = plan(f"I. TỔ CHỨC\n1. {sentence}")

    found = read_contacts(outline)
    assert [(one.person, one.phone) for one in found] == [(person, (phone,))]
    assert quotes_stand_in_text(outline, found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gửi bà con dân bản, 0123456789 là mã dự án.",
        "Mã định danh của ông Lê Đức An 001085012345.",
        "Ủng hộ về tài khoản của đồng chí Lê Đức An: 0123 456 789 012 345.",
    ],
)
def test_other_long_numbers_beside_people_are_no_telephones(sentence):
    assert read_contacts(plan(f"I. TỔ CHỨC\n1. {sentence}")) == []


def test_two_people_named_side_by_side_have_each_a_telephone():
    outline = plan(
        "I. TỔ CHỨC\n1. Trao đổi với đồng chí Lê Gia Huy (0396 551 278) hoặc bà Hà Thị Vui - 0915.336.782."
    )

    assert [(one.person, one.phone) for one in read_contacts(outline)] == [
        ("Lê Gia Huy", ("0396 551 278",)),
        ("Hà Thị Vui", ("0915.336.782",)),
    ]
