import pytest

from core.plans.writing import plan
from thidua.core.plans.themes import read_themes


def themes(outline):
    return [theme.text for theme in read_themes(outline)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở phát động thi đua với chủ đề “Rừng vàng, biển bạc” như sau:",
        "Sở phát động thi đua với chủ đề ***“Rừng vàng, biển bạc”*** như sau:",
        'Sở phát động thi đua với khẩu hiệu hành động "Rừng vàng, biển bạc" như sau:',
        "Sở phát động phong trào thi đua “Rừng vàng, biển bạc” như sau:",
        "Sở phát động đợt thi đua cao điểm 60 ngày đêm “Rừng vàng, biển bạc”.",
        "Sở phát động thi đua với chủ đề: Rừng vàng, biển bạc.",
        "Sở phát động thi đua với chủ đề “Rừng vàng, biển bạc",
    ],
)
def test_a_slogan_is_read_word_for_word_in_whatever_marks(sentence):
    assert themes(plan(f"{sentence}\nI. NỘI DUNG\n1. Trồng cây.")) == ["Rừng vàng, biển bạc"]


def test_a_movement_may_have_a_name_and_a_theme():
    outline = plan(
        "I. NỘI DUNG", title="Phong trào thi đua “Bản sạch” với chủ đề “Mỗi nhà một vườn” năm 2024"
    )

    assert themes(outline) == ["Mỗi nhà một vườn", "Bản sạch"]


def test_the_name_in_a_title_of_capitals_is_shown_as_running_text_writes_it():
    outline = plan(
        "Tỉnh phát động phong trào thi đua “Bản sạch” như sau:\nI. NỘI DUNG",
        title="PHONG TRÀO THI ĐUA “BẢN SẠCH”",
    )

    assert themes(outline) == ["Bản sạch"]


@pytest.mark.parametrize(
    "body",
    [
        "Hưởng ứng phong trào thi đua “Cả nước xanh” do Thủ tướng phát động, tỉnh ban hành kế hoạch:\nI. NỘI DUNG",
        "I. CÁC ĐỢT THI ĐUA\n- Đợt 1: từ 05/9/2024 đến 30/9/2024 với chủ đề “Tri ân”.",
        "I. NỘI DUNG\n1. Thực hiện Đề án “Rừng mới” và đạt “Trường học an toàn”.",
    ],
)
def test_other_movements_rounds_and_projects_give_no_theme(body):
    assert themes(plan(body)) == []


def test_a_report_has_no_theme():
    assert (
        themes(plan("Đã phát động thi đua với chủ đề “Bản sạch”.", kind="BÁO CÁO", title="Kết quả thi đua"))
        == []
    )


@pytest.mark.parametrize(
    "body",
    [
        "UBND xã phát động phong trào thi đua với khẩu hiệu hành động:\n“Nhanh, gọn, đúng hẹn”\nI. NỘI DUNG",
        "I. CHỦ ĐỀ\n1. Đợt thi đua được phát động với chủ đề: Nhanh, gọn, đúng hẹn.",
        "UBND xã phát động phong trào thi đua với chủ đề “Nhanh, gọn, đúng hẹn và những nội dung sau:\nI. NỘI DUNG",
    ],
)
def test_a_slogan_may_stand_below_or_lack_its_marks(body):
    assert themes(plan(body)) == ["Nhanh, gọn, đúng hẹn"]


@pytest.mark.parametrize(
    "sentence",
    [
        "UBND phát động đợt thi đua ngắn ngày trong toàn đặc khu với tinh thần “Rừng vàng, biển bạc”, cụ thể:",
        "Ban Thường trực kêu gọi toàn thể cán bộ, hội viên hăng hái thi đua với tinh thần “Rừng vàng, biển bạc”:",
        "Sở phát động thi đua trong cán bộ, công chức, lao động toàn ngành với phương châm “Rừng vàng, biển bạc”.",
    ],
)
def test_the_spirit_a_movement_is_launched_in_is_its_theme(sentence):
    assert themes(plan(f"{sentence}\nI. NỘI DUNG\n1. Trồng cây.")) == ["Rừng vàng, biển bạc"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Phát huy truyền thống với tinh thần “lá lành đùm lá rách”, Sở phát động thi đua như sau:",
        "Thực hiện phong trào thi đua do tỉnh phát động với tinh thần “Đoàn kết”, Sở xây dựng kế hoạch:",
    ],
)
def test_the_spirit_of_something_else_is_no_theme(sentence):
    assert themes(plan(f"{sentence}\nI. NỘI DUNG\n1. Trồng cây.")) == []
