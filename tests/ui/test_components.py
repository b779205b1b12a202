import datetime as dt
import re

import jinja2
import pytest
from django.http import QueryDict

from thidua.ui import components, parts
from thidua.ui.assets import UnknownIconError
from thidua.ui.kit import SampleForm


@pytest.mark.parametrize("name", sorted(components._HOME))
def test_every_component_refuses_an_argument_it_does_not_know(env, name):
    macro = getattr(components.Components(env), name)

    with pytest.raises(TypeError, match="takes no keyword argument"):
        macro(colour="red")


@pytest.mark.parametrize(
    "source",
    [
        'ui.button("Gửi", kind="big")',
        'ui.status("fine", "Tốt")',
        'ui.notice("Xong", tone="happy")',
        'ui.table("Danh sách", [], [1], shape="round")',
        'ui.step("Đọc", state="half")',
        'ui.moment("Hạn", "someday")',
    ],
)
def test_a_component_refuses_a_kind_it_does_not_have(draw, source):
    with pytest.raises(parts.UnknownKindError):
        draw(f"{{% call(row) {source} %}}{{% endcall %}}" if "table" in source else f"{{{{ {source} }}}}")


def test_an_unknown_component_stops_the_page(draw):
    with pytest.raises(jinja2.UndefinedError, match="no attribute 'carousel'"):
        draw("{{ ui.carousel() }}")


def test_an_unknown_icon_stops_the_page(draw):
    with pytest.raises(UnknownIconError):
        draw('{{ icon("unicorn") }}')


def test_a_name_the_page_was_not_given_stops_it(draw):
    with pytest.raises(jinja2.UndefinedError):
        draw("{{ theme_of_movement }}")


def test_words_from_people_are_escaped(draw):
    drawn = draw("{{ ui.status('done', name) }}", name="<b>Sở</b>")

    assert "<b>" not in drawn
    assert "&lt;b&gt;Sở&lt;/b&gt;" in drawn


def test_every_state_shows_an_icon_beside_its_word_unless_plain(draw):
    without_icon = [
        state for state in parts.STATES if "<use" not in draw("{{ ui.status(s, 'chữ') }}", s=state)
    ]

    assert without_icon == ["plain"]


TABLE = """{% call(row) ui.table("Đơn vị", [ui.column("Tên", sort="name"), ui.column("Điểm", numeric=true)], rows,
    sort=sort, query=query, select=select, empty="Chưa có đơn vị.") %}
    <td>{{ row.name }}</td><td class="num">1</td>{% endcall %}"""


def table(draw, *, rows=({"id": 7, "name": "Sở Tư pháp"},), sort="", query="", select=""):
    return draw(TABLE, rows=list(rows), sort=sort, query=QueryDict(query), select=select)


@pytest.mark.parametrize(
    ("sort", "order", "next_sort"),
    [("", None, "name"), ("name", "ascending", "-name"), ("-name", "descending", "name")],
)
def test_a_head_sorts_and_sorts_back(draw, sort, order, next_sort):
    drawn = table(draw, sort=sort, query="q=a&after=99")

    assert re.findall(r'aria-sort="(\w+)"', drawn) == ([order] if order else [])
    assert re.findall(r'<a href="([^"]+)"', drawn) == [f"?q=a&amp;sort={next_sort}"]


def test_a_ticked_row_names_itself_and_belongs_to_its_bar(draw):
    drawn = table(draw, select="remind")

    assert (
        'name="selected" value="7" form="remind" data-name="Sở Tư pháp" aria-label="Chọn Sở Tư pháp"' in drawn
    )


def test_an_empty_list_says_so_instead_of_showing_heads(draw):
    drawn = table(draw, rows=())

    assert "Chưa có đơn vị." in drawn
    assert "<table" not in drawn


def test_the_pager_says_more_than_when_the_count_was_capped(draw):
    pager = parts.Pager(shown=50, total=10_001, next_url="?after=50", first=1)

    drawn = draw("{{ ui.pager(pager) }}", pager=pager)

    assert "1–50 trong hơn 10.000" in drawn
    assert drawn.count('aria-disabled="true"') == 1


def wrong_form():
    return SampleForm({"theme": "", "starts_on": "31/02/2025", "kind": "regular"})


def test_a_wrong_field_shows_its_error_and_is_tied_to_it(draw):
    drawn = draw("{{ ui.field(form.starts_on) }}", form=wrong_form())

    assert 'aria-describedby="id_starts_on_help id_starts_on_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'value="31/02/2025"' in drawn
    assert "Ngày này không có thật" in drawn


def test_the_summary_links_to_every_wrong_field(draw):
    form = wrong_form()

    links = re.findall(r'<a href="#([^"]+)"', draw("{{ ui.error_summary(form) }}", form=form))
    fields = draw("{% for bound in form %}{{ ui.field(bound) }}{% endfor %}", form=form)

    assert links == ["id_theme", "id_starts_on", "id_unit", "id_agreed"]
    assert [link for link in links if f'id="{link}"' not in fields] == []


def test_a_form_without_errors_has_no_summary(draw):
    assert draw("{{ ui.error_summary(form) }}", form=SampleForm()).strip() == ""


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("theme", '<input type="text"'),
        ("starts_on", 'data-day="Mở lịch"'),
        ("unit", "<select"),
        ("kind", '<legend class="field-label">'),
        ("recipients", 'type="checkbox"'),
        ("note", "<textarea"),
        ("agreed", '<label class="choice"><input type="checkbox"'),
    ],
)
def test_each_widget_is_drawn_in_its_shape(draw, name, shape):
    drawn = draw("{{ ui.field(form[name]) }}", form=SampleForm(), name=name)

    assert shape in drawn


def test_only_optional_fields_say_so(draw):
    form = SampleForm()

    marked = [bound.name for bound in form if "(không bắt buộc)" in draw("{{ ui.field(b) }}", b=bound)]

    assert marked == ["recipients", "note"]


def test_a_day_field_takes_and_shows_days_as_on_paper():
    form = SampleForm(
        {"theme": "x", "starts_on": "30/6/2026", "unit": "1", "kind": "regular", "agreed": "on"}
    )

    assert form.errors == {}
    assert form.cleaned_data["starts_on"] == dt.date(2026, 6, 30)
    assert 'value="3/6/2026"' in str(SampleForm(initial={"starts_on": dt.date(2026, 6, 3)})["starts_on"])


def test_the_timeline_parts_what_was_from_what_comes(draw):
    moments = [
        parts.Moment("trước", "done", dt.date(2025, 1, 1)),
        parts.Moment("sau", "waiting", dt.date(2025, 12, 1)),
    ]

    drawn = draw("{{ ui.timeline(items, today) }}", items=moments, today=dt.date(2025, 6, 1))

    assert drawn.index("trước") < drawn.index("Hôm nay, 1/6/2025") < drawn.index("sau")


def test_a_past_day_of_view_offers_the_way_back_to_today(draw):
    source = "{{ ui.as_of_day(day, today, query) }}"
    today = dt.date(2025, 12, 18)
    query = QueryDict("as_of=2025-11-30&q=a")

    past = draw(source, day=dt.date(2025, 11, 30), today=today, query=query)
    present = draw(source, day=today, today=today, query=query)

    assert 'href="?q=a"' in past
    assert "Về hôm nay" not in present


def test_a_tree_opens_to_any_depth_and_marks_the_current_node(draw):
    nodes = [
        parts.Branch("Bộ", "/1", (parts.Branch("Cục", "/2", (parts.Branch("Phòng", "/3", current=True),)),))
    ]

    drawn = draw("{{ ui.tree(nodes, 'Đơn vị') }}", nodes=nodes)

    assert drawn.count("<details") == 2
    assert '<a href="/3" aria-current="page">Phòng</a>' in drawn


def test_search_without_results_says_what_to_try(draw):
    drawn = draw("{{ ui.search_results([], 'xyz') }}")

    assert "Không tìm thấy “xyz”" in drawn
    assert 'role="option"' in drawn


def test_changing_the_address_keeps_the_rest_and_forgets_the_place_in_the_list():
    query = QueryDict("q=hà&state=late&after=99&page=3")

    assert parts.changed(query, state=None) == "?q=h%C3%A0"
    assert parts.changed(query, after="120") == "?q=h%C3%A0&state=late&after=120"
    assert parts.changed({"q": "a"}, sort="-name") == "?q=a&sort=-name"


NARROW = """{% call(row) ui.table("Đơn vị", [ui.column("Tên"), ui.column("Nguồn", on_phone=false)], rows) %}
<td>{{ row.name }}CELL</td><td class="wide-only">Sổ</td>{% endcall %}"""


@pytest.mark.parametrize(
    ("said_under_the_name", "offers"),
    [("", ["Hiện thêm cột: Nguồn"]), ('<small class="phone-only">Sổ</small>', [])],
)
def test_a_table_offers_the_columns_a_phone_leaves_out_unless_the_cells_say_them(
    draw, said_under_the_name, offers
):
    drawn = draw(NARROW.replace("CELL", said_under_the_name), rows=[{"name": "Sở Tư pháp"}])

    assert re.findall(r"Hiện thêm cột: [^<]+", drawn) == offers
