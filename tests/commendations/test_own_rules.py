"""An authority's own rules: checked, previewed, put in force over its tree, taken out, every step in the log."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commendations.trying import applied, text
from factories import make_honour, make_person, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.commendations.models import LawDraft, OwnRules
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.drafts import law_under
from thidua.commendations.selectors.law_in_force import authority_in, law_for
from thidua.commendations.selectors.previews import preview_of
from thidua.commendations.selectors.templates import circular_template, overlay_template
from thidua.commendations.services.own_rules import discard, put_in_force, upload, withdraw
from thidua.core.law.drafts import draft_from
from thidua.core.law.law import shipped_law
from thidua.core.law.yamltext import FileProblemsError
from thidua.organisations.models import Rating, UnitRole
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
RULES = """\
authority: BTN
label: {vi: Quy chế của Bộ Thử nghiệm, en: Rules of the Ministry}
text: 7/2026/TT-BTN
in_force: 2026-02-01
figures:
  vote_share_cstdb: {value: 0.95, place: Điều 2, rule: X.VOTE}
conditions:
  - {for: CSTDCS, is: holds, award: BK_BO, place: Điều 3, rule: X.BK}
"""


@pytest.fixture
def person(root):
    made = make_person("Trần Thị Ánh", make_unit("Cục Trợ giúp", root))
    Rating.objects.create(person=made, year=2025, level="EXCELLENT")
    make_honour(made, "LDTT", 2025)
    return made


def uploaded(root, content=RULES, name="quy-che.yaml"):
    return upload(None, root, name, content.encode())


def faults(root, content, name="quy-che.yaml"):
    with pytest.raises(FileProblemsError) as caught:
        upload(None, root, name, content if isinstance(content, bytes) else content.encode())
    return [str(problem) for problem in caught.value.problems]


def verdict(client, person):
    question = "?award=CSTDCS&year=2025&type=MERIT&nothing_pending=on&as_of=2026-03-02"
    shown = text(client.get(reverse("commendations:verdict_of_person", args=[person.pk]) + question))
    head = shown.split("</h1>")[1].split("<form")[0]
    return next(word for word in ("Chưa đủ dữ liệu", "Chưa đạt", "Đạt") if word in head)


# -- the services ------------------------------------------------------------------------------------


def test_an_upload_counts_for_nothing_until_it_is_put_in_force(root):
    row = uploaded(root)

    assert (row.state, row.symbol, row.edition) == (OwnRules.State.CHECKED, "7/2026/TT-BTN", 1)
    assert authority_in(law_for(root), root) is None

    applied(row)

    figure = law_for(root).figure("vote_share_cstdb", authority_in(law_for(root), root))
    assert [figure.on(day).rule.id == "X.VOTE" for day in (date(2026, 1, 31), date(2026, 2, 1))] == [
        False,
        True,
    ]


def test_rules_bind_their_own_tree_alone(root):
    other = make_unit("Bộ Khác", code="bkhac")
    applied(uploaded(root))

    assert (authority_in(law_for(other), other), law_for(other) is shipped_law()) == (None, True)


def test_a_newer_edition_replaces_the_one_in_force(root):
    first, second = uploaded(root), uploaded(root, RULES.replace("0.95", "0.97"))
    applied(first)

    applied(second)

    states = list(OwnRules.objects.order_by("edition").values_list("edition", "state"))
    assert states == [(1, "replaced"), (2, "in_force")]
    assert str(law_for(root).figure("vote_share_cstdb", "BTN").on(TODAY).number) == "97/100"


def test_withdrawn_rules_stop_counting_and_keep_the_reason(root):
    row = applied(uploaded(root))

    withdraw(None, row, "Tải nhầm bản")

    row.refresh_from_db()
    assert (row.state, row.reason, law_for(root) is shipped_law()) == ("withdrawn", "Tải nhầm bản", True)


def test_every_step_is_in_the_log(root):
    row = applied(uploaded(root))
    withdraw(None, row, "Tải nhầm bản")

    entries = {entry.action: entry.details for entry in Entry.objects.filter(subject_id=str(row.pk))}
    assert set(entries) == {"own_rules.uploaded", "own_rules.put_in_force", "own_rules.withdrawn"}
    assert entries["own_rules.withdrawn"]["reason"] == "Tải nhầm bản"


@pytest.mark.parametrize("named", [None, date(2026, 2, 2)])
def test_rules_of_a_past_day_wait_for_who_names_that_day(root, named):
    row = uploaded(root)

    with pytest.raises(LawRefusedError) as caught:
        put_in_force(None, row, confirmed_from=named)

    row.refresh_from_db()
    assert ([problem.code for problem in caught.value.problems], row.state) == (
        ["past_unconfirmed"],
        "checked",
    )


def test_what_cannot_be_done_in_a_state_is_refused(root):
    row = applied(uploaded(root))

    for act in (lambda: applied(row), lambda: discard(None, row)):
        with pytest.raises(LawRefusedError) as caught:
            act()
        assert [problem.code for problem in caught.value.problems] == ["not_in_state"]
    with pytest.raises(LawRefusedError, match="reason_missing"):
        withdraw(None, row, "  ")


def test_who_saw_an_older_row_is_told(root):
    row = uploaded(root)
    applied(row)

    with pytest.raises(ChangedMeanwhileError):
        withdraw(None, row, "Nhầm", version=1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            RULES.replace("BTN\n", "BKHAC\n", 1),
            "dòng 1: quy định của “BKHAC”, không phải của Bộ Thử nghiệm. Ghi authority: BTN",
        ),
        (RULES.replace("BTN\n", "VN\n", 1), "dòng 1: authority: VN là thông tư dùng chung"),
        (RULES.replace("0.95", "0.50"), "dòng 6: “vote_share_cstdb” nới lỏng so với quy định chung"),
        (RULES.replace(", place: Điều 2", ""), "dòng 6: thiếu mục “figures.vote_share_cstdb.place”."),
        (RULES.replace("text: 7/2026/TT-BTN\n", ""), "thiếu mục “text”. Thêm mục này."),
        (RULES + "on: 1\n", "dòng 9: khóa trần “on” bị YAML hiểu là đúng/sai."),
        (
            RULES + "ceases: 2026-01-01\n",
            "dòng 9: hết hiệu lực 01/01/2026 không sau ngày có hiệu lực 01/02/2026.",
        ),
        (RULES.replace("vote_share_cstdb", "vote_share_moon"), "dòng 6: không có con số “vote_share_moon”."),
        (
            RULES.replace("holds, award: BK_BO", "employed, months: vote_share_cstdb"),
            "dòng 8: “vote_share_cstdb” có đơn vị share-of-council, ở đây phải là months.",
        ),
        (RULES.encode() + b"\xff", "dòng 9: ký tự không ở mã UTF-8."),
        ("label: [", "tệp không đọc được như YAML"),
    ],
)
def test_a_file_that_cannot_stand_is_refused_with_its_line(root, content, sentence):
    found = faults(root, content)

    assert [sentence in problem and problem.startswith("quy-che.yaml, dòng ") for problem in found] == [True]
    assert OwnRules.objects.count() == 0


def test_two_texts_may_not_set_one_figure_at_once(root):
    applied(uploaded(root))

    found = faults(root, RULES.replace("7/2026", "8/2026").replace("02-01", "02-15"))

    assert found[0].endswith("đã do 7/2026/TT-BTN quy định lúc đó: chồng nhau. Ghi ceases cho văn bản cũ.")


def test_the_law_moved_since_the_upload_is_found_when_put_in_force(root):
    waiting = uploaded(root)
    applied(uploaded(root, RULES.replace("7/2026", "8/2026").replace("02-01", "02-15")))

    with pytest.raises(FileProblemsError, match="chồng nhau"):
        applied(waiting)


def test_an_upload_of_a_shipped_text_stands_in_for_it():
    root = make_unit("Bộ Tư pháp", code="btp")
    name = "14-2025-TT-BTP.yaml"
    content = shipped_law().overlay_text("BTP", name)

    row = applied(uploaded(root, content, name))

    names = [overlay.name for overlay in law_for(root).overlays("BTP")]
    assert (row.name in names, f"overlays/BTP/{name}" in names) == (True, False)


def test_a_preview_tells_figures_before_and_after_and_conditions_in_words(root):
    preview = preview_of(uploaded(root))

    figures = [(row.since, row.before, row.after, str(row.rule.source)) for row in preview.figures]
    assert figures == [(date(2026, 2, 1), "90%", "95%", "7/2026/TT-BTN, Điều 2")]
    assert [(awards, [line.words for line in lines]) for awards, lines in preview.parts[0].groups] == [
        ("Chiến sĩ thi đua cơ sở", ["Đã được tặng Bằng khen cấp bộ"])
    ]


@pytest.mark.parametrize("authority", ["XYZ", *shipped_law().authorities()])
def test_the_template_is_valid_for_every_authority(authority):
    root = make_unit(f"Cơ quan {authority}", code=authority.lower().replace("_", "-"))

    row = uploaded(root, overlay_template(root, TODAY))

    assert applied(row).state == "in_force"


def test_the_template_of_a_circular_is_valid():
    draft = draft_from({"c.yaml": circular_template(TODAY).encode()}, shipped_law(), today=TODAY)

    assert list(draft.overlays) == ["c.yaml"]


# -- the pages ---------------------------------------------------------------------------------------


def test_an_officer_at_the_top_uploads_previews_and_puts_in_force(client, root, person):
    signed_in(client, make_user(root))
    before = verdict(client, person)

    file = SimpleUploadedFile("quy-che.yaml", RULES.encode())
    answer = client.post(reverse("commendations:own_rules", args=[root.pk]), {"file": file}, follow=True)
    row = OwnRules.objects.get()
    waiting = verdict(client, person)
    given = {"version": row.version, "from_day": "2026-02-01"}
    client.post(reverse("commendations:own_rules_apply", args=[row.pk]), given)
    after = verdict(client, person)

    assert text(answer).count("Đã được tặng Bằng khen cấp bộ") == 1
    assert (before, waiting, after) == ("Đạt", "Đạt", "Chưa đạt")
    row.refresh_from_db()
    assert row.applied_by.get_full_name() == "Phạm Thu Hà"


@pytest.mark.parametrize(
    ("day", "given", "state"),
    [
        ("2026-02-01", {}, "checked"),
        ("2026-02-01", {"from_day": "2026-02-02"}, "checked"),
        ("2026-02-01", {"from_day": "2026-02-01"}, "in_force"),
        ("2026-03-02", {}, "in_force"),
    ],
)
def test_a_past_day_is_put_in_force_only_by_who_names_it(client, root, day, given, state):
    signed_in(client, make_user(root))
    row = uploaded(root, RULES.replace("2026-02-01", day))

    page = text(client.get(reverse("commendations:own_rules_text", args=[row.pk])))
    address = reverse("commendations:own_rules_apply", args=[row.pk])
    client.post(address, {"version": row.version, **given})

    asks = page.count("Áp dụng từ 1/2/2026, trước hôm nay")
    assert (OwnRules.objects.get().state, asks) == (state, int(day == "2026-02-01"))


def test_withdrawing_on_the_page_needs_a_reason(client, root):
    signed_in(client, make_user(root))
    row = applied(uploaded(root))
    address = reverse("commendations:own_rules_withdraw", args=[row.pk])

    client.post(address, {"reason": "", "version": row.version})
    row.refresh_from_db()
    kept = row.state
    client.post(address, {"reason": "Tải nhầm", "version": row.version})
    row.refresh_from_db()

    assert (kept, row.state) == ("in_force", "withdrawn")


def test_a_bad_file_shows_its_lines_and_changes_nothing(client, root):
    signed_in(client, make_user(root))
    file = SimpleUploadedFile("quy-che.yaml", RULES.replace("0.95", "0.50").encode())

    shown = text(client.post(reverse("commendations:own_rules", args=[root.pk]), {"file": file}))

    assert shown.count("<li>quy-che.yaml, dòng 6: “vote_share_cstdb” nới lỏng") == 1
    assert OwnRules.objects.count() == 0


def said_of_keepers(page):
    """Return what the page says to the reader about keeping these rules, where it says who may and why."""
    part = page.partition("<h2>Ai đưa quy định riêng vào, và vì sao")[2].partition("</section>")[0]
    named = part.count("Chuyên viên thi đua hoặc thủ trưởng của chính Bộ Thử nghiệm")
    why = part.count("Luật giao bộ, ban, ngành, tỉnh quy định chi tiết")
    assert (named, why) == (1, 1)
    return [said for said in ("Bạn có quyền này.", "Bạn chỉ xem.") if said in part]


def test_the_page_says_who_keeps_the_rules_and_why_no_unit_below(client, root):
    signed_in(client, make_user(root))

    page = text(client.get(reverse("commendations:own_rules", args=[root.pk])))

    assert said_of_keepers(page) == ["Bạn có quyền này."]


def test_who_has_no_right_at_the_top_may_read_and_not_write(client, root):
    below = make_unit("Cục Trợ giúp", root)
    row = uploaded(root)
    signed_in(client, make_user(below, UnitRole.Role.OFFICER))

    page = client.get(reverse("commendations:own_rules", args=[root.pk]))
    acts = [
        client.post(reverse("commendations:own_rules", args=[root.pk]), {}),
        client.post(reverse("commendations:own_rules_apply", args=[row.pk])),
        client.post(reverse("commendations:own_rules_withdraw", args=[row.pk])),
        client.post(reverse("commendations:own_rules_discard", args=[row.pk])),
    ]

    assert (page.status_code, 'type="file"' in text(page)) == (200, False)
    assert said_of_keepers(text(page)) == ["Bạn chỉ xem."]
    assert [answer.status_code for answer in acts] == [403, 403, 403, 403]
    row.refresh_from_db()
    assert row.state == "checked"


def test_rules_of_another_tree_are_not_found(client, root):
    row = uploaded(root)
    signed_in(client, make_user(make_unit("Bộ Khác", code="bkhac")))

    answers = [
        client.get(reverse("commendations:own_rules", args=[root.pk])),
        client.get(reverse("commendations:own_rules_text", args=[row.pk])),
        client.get(reverse("commendations:own_rules_file", args=[row.pk])),
        client.get(reverse("commendations:own_rules_template", args=[root.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_files_come_back_as_they_were_uploaded(client, root):
    row = uploaded(root)
    signed_in(client, make_user(root))

    answer = client.get(reverse("commendations:own_rules_file", args=[row.pk]))
    template = client.get(reverse("commendations:own_rules_template", args=[root.pk]))
    stranger = client.get(reverse("commendations:shipped_rules_file", args=[root.pk, "..%2Fpacks.yaml"]))

    assert (answer.content.decode(), template["Content-Type"]) == (RULES, "application/yaml; charset=utf-8")
    assert stranger.status_code == 404


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_costs_as_many_queries_for_many_texts(client, root, number, django_assert_max_num_queries):
    signed_in(client, make_user(root))
    for place in range(number):
        uploaded(root, RULES.replace("7/2026", f"{place}/2026"))

    with django_assert_max_num_queries(20):
        shown = text(client.get(reverse("commendations:own_rules", args=[root.pk])))

    assert shown.count("Đã soát, chưa áp dụng") == number


@pytest.mark.parametrize("version", [None, "", "một", "²", "9" * 5000])
def test_an_answer_without_the_version_that_was_seen_puts_nothing_in_force(client, root, version):
    signed_in(client, make_user(root))
    row = uploaded(root)
    given = {} if version is None else {"version": version}

    answer = client.post(reverse("commendations:own_rules_apply", args=[row.pk]), given, follow=True)

    assert (answer.status_code, OwnRules.objects.get().state) == (200, OwnRules.State.CHECKED)


def test_the_page_of_authorities_leads_to_the_only_one(client, root):
    signed_in(client, make_user(root))

    answer = client.get(reverse("commendations:authorities"))

    assert answer.url == reverse("commendations:own_rules", args=[root.pk])


def test_the_page_of_an_award_shows_what_the_own_authority_asks_besides(client, root):
    signed_in(client, make_user(root, None))
    address = reverse("commendations:award", args=["CSTDCS"]) + "?as_of="
    before = text(client.get(f"{address}2026-03-02"))

    applied(uploaded(root))

    after, eve = (text(client.get(f"{address}{day}")) for day in ("2026-03-02", "2026-01-31"))
    counts = [page.count("Quy định riêng của Bộ Thử nghiệm") for page in (before, after, eve)]
    assert counts == [0, 1, 0]


def test_a_text_is_tried_on_real_people_before_it_is_put_in_force(client, root, person):
    signed_in(client, make_user(root))
    applied(uploaded(root, RULES.replace("0.95", "0.93")))
    waiting = uploaded(root)

    answer = client.post(reverse("commendations:own_rules_try", args=[waiting.pk]))
    draft = LawDraft.objects.get()
    form = text(client.get(answer.url))

    law = law_under(draft, root)
    assert form.count(f'<option value="{draft.pk}" selected>') == 1
    assert str(law.figure("vote_share_cstdb", "BTN").on(TODAY).number) == "19/20"
    assert str(law_for(root).figure("vote_share_cstdb", "BTN").on(TODAY).number) == "93/100"


def test_every_sample_of_the_template_is_used_by_taking_its_sign_away_alone(root):
    law = shipped_law()
    template = overlay_template(root, TODAY)

    used = re.sub(r"(?m)^#(?=[a-z]|  +[-a-zA-Z])", "", template)

    overlay = draft_from({"a.yaml": used.encode()}, law, today=TODAY).over(law).overlays("BTN")[0]
    assert (sorted(overlay.figures), len(overlay.conditions), len(overlay.routes), sorted(overlay.new_figures)) == (
        ["cstdcs_share_of_ldtt", "vote_share_cstdb"], 2, 1, ["direct_workers_share", "unit_days"],
    )  # fmt: skip
    assert (overlay.ceases_on, overlay.review_on, list(overlay.powers)) == (
        date(2030, 1, 1), date(2030, 1, 1), ["TTLDXS"],
    )  # fmt: skip
