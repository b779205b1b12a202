from uuid import uuid4

import pytest

from thidua.movements.forms import AnswerForm, IssueForm, RevisionForm, figure_name, retyped
from thidua.movements.models import PlanItem

SIGNED = {
    "issued_on": "10/3/2026",
    "place": "Lào Cai",
    "signer_position": "Giám đốc",
    "signer_name": "Lò Văn Mai",
}


def target():
    value = {"text": "Đạt từ 84,5%", "op": ">=", "value": 84.5, "unit": "%"}
    return PlanItem(pk=uuid4(), field="targets", value=value)


def asked(one, figure):
    return AnswerForm([one], {"item": [str(one.pk)], figure_name(one): figure})


def test_the_figure_above_stands_in_the_form_first():
    one = target()

    assert AnswerForm([one]).initial == {figure_name(one): "84,5"}


@pytest.mark.parametrize(
    ("typed", "figure"), [("87,25", 87.25), ("1.250", 1250), ("10 – 15", [10, 15]), ("", None)]
)
def test_an_own_figure_is_read_as_it_is_written_here(typed, figure):
    one = target()
    form = asked(one, typed)

    assert form.is_valid()
    assert (form.chosen, form.figures) == ([one.pk], {one.pk: figure})


def test_a_figure_that_is_none_is_refused_at_its_target():
    one = target()

    assert asked(one, "nhiều").errors == {figure_name(one): ["Cần một con số, ví dụ 1.250 hoặc 42,5."]}


@pytest.mark.parametrize(
    ("typed", "number"), [("45", "45/KH-STP"), ("45/", "45/KH-STP"), ("45/KH-UBND", "45/KH-UBND")]
)
def test_the_symbol_is_added_to_a_number_typed_alone(typed, number):
    form = IssueForm({"number": typed, **SIGNED}, symbol="/KH-STP")

    assert form.is_valid()
    assert form.cleaned_data["number"] == number


@pytest.mark.parametrize("symbol", ["", "/KH-STP"])
def test_a_symbol_without_its_figures_is_no_number(symbol):
    form = IssueForm({"number": "/KH-STP", **SIGNED}, symbol=symbol)

    assert form.errors == {"number": ["Ghi số trước dấu gạch chéo, ví dụ 12/KH-STP."]}


def test_a_form_retyped_keeps_its_words_and_its_errors_for_the_row_as_it_is_now():
    form = RevisionForm({"decision": "QĐ 5/QĐ-BTN", "effective_on": "30/2/2026", "version": "1"})

    renewed = retyped(form, 4, RevisionForm)

    shown = {name: renewed[name].value() for name in renewed.fields}
    assert shown == {"decision": "QĐ 5/QĐ-BTN", "effective_on": "30/2/2026", "summary": "", "version": "4"}
    assert list(renewed.errors) == ["effective_on"]
