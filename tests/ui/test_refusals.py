"""What fields say of a wrong answer."""

import pytest
from django import forms
from django.utils.translation import override


class Asked(forms.Form):
    name = forms.CharField(max_length=5, required=False)
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    share = forms.DecimalField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "A")], required=False)
    letter = forms.EmailField(required=False)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"name": "Sáu chữ"}, {"name": ["Dài 7 ký tự, nhiều nhất là 5. Viết ngắn lại."]}),
        ({"year": "năm"}, {"year": ["Chỉ nhập chữ số, ví dụ 12."]}),
        ({"year": "1999"}, {"year": ["Nhập số từ 2000 trở lên."]}),
        ({"year": "2101"}, {"year": ["Nhập số không quá 2100."]}),
        ({"share": "nửa"}, {"share": ["Chỉ nhập một số, ví dụ 12,5."]}),
        ({"kind": "b"}, {"kind": ["“b” không có trong danh sách. Chọn lại."]}),
        ({"kinds": ["b"]}, {"kinds": ["“b” không có trong danh sách. Chọn lại."]}),
        ({"letter": "thư"}, {"letter": ["Địa chỉ thư có dạng ten@coquan.vn. Kiểm tra lại."]}),
        ({"year": "2026", "kind": "a", "letter": "an@btp.gov.vn"}, {}),
    ],
)
def test_a_field_says_in_plain_words_what_is_wrong(given, refused):
    assert Asked(given).errors == refused


class Needed(forms.Form):
    name = forms.CharField()


@pytest.mark.parametrize(("language", "said"), [("vi", "Chưa điền mục này."), ("en", "Not filled in yet.")])
def test_an_empty_field_is_named_in_the_language_of_the_page(language, said):
    with override(language):
        assert Needed({}).errors == {"name": [said]}
