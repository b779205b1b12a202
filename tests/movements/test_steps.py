import pytest

from thidua.movements.models import Participation
from thidua.movements.steps import step_of, steps_of

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


@pytest.mark.parametrize(
    ("what", "steps"),
    [
        ("Các đơn vị xây dựng kế hoạch và phát động phong trào thi đua", (State.OWN_PLAN, State.LAUNCHED)),
        ("ban hành kế hoạch của đơn vị, tổ chức phát động phong trào", (State.OWN_PLAN, State.LAUNCHED)),
        ("xây dựng kế hoạch phát động phong trào thi đua", (State.OWN_PLAN,)),
        ("phát động phong trào thi đua tại đơn vị", (State.LAUNCHED,)),
        ("Số hóa sổ hộ tịch", ()),
    ],
)
def test_a_deadline_may_mean_the_plan_and_its_launch(what, steps):
    assert steps_of(what) == steps
