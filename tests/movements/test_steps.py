import pytest

from thidua.movements.models import Participation
from thidua.movements.steps import step_of

State = Participation.State


@pytest.mark.parametrize(
    ("what", "step"),
    [
        ("Các đơn vị ban hành kế hoạch và gửi về Vụ Tổ chức cán bộ", State.OWN_PLAN),
        ("Lễ phát động tại đơn vị", State.LAUNCHED),
        ("gửi bản đăng ký thi đua", State.REGISTERED),
        ("Tổ chức ký giao ước thi đua", State.PLEDGED),
        ("Báo cáo sơ kết Đợt I", State.INTERIM),
        ("Báo cáo tổng kết việc ký giao ước", State.FINAL),
        ("Rà soát văn bản quy phạm pháp luật", None),
        ("Số hóa sổ hộ tịch", None),
    ],
)
def test_a_deadline_tells_by_its_words_which_step_it_means(what, step):
    assert step_of(what) == step
