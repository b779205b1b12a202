"""The two languages of the screens: all sentences are collected, all have English, and English pages show it."""

import importlib.util
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from factories import (
    make_administrator,
    make_cluster,
    make_honour,
    make_kind,
    make_person,
    make_role,
    make_unit,
    signed_in,
)
from movements.plans import launch, make_movement
from thidua.organisations.models import UnitRole

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "catalogue.py"
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-label")
SILENT = ("script", "style", "template")
SYMBOL = re.compile(r"\d+/[\w/-]*\w")  # of a document, such as 98/2023/NĐ-CP
SAMPLES = "ui"  # the page of samples is full of invented names
PLAN = (
    ("themes", {"text": "Discipline and new ideas"}),
    ("period", {"from": "2026", "to": "2026"}),
    ("contents", {"number": "1", "text": "Do the work in time"}),
    ("targets", {"text": "All units register", "op": "=", "value": 100, "unit": "%"}),
    ("deadlines", {"what": "Issue the plan", "who": "All", "relation": "before", "due": "2026-03-15"}),
    ("responsibilities", {"body": "All", "duties": ["Make a plan", "Tell the press"]}),
)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("catalogue_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def collected(script):
    return script.collected()


@pytest.fixture(scope="module")
def source(collected):
    return collected[0]


# The catalogues


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_is_collected_and_translated_with_its_own_places(script, source, language):
    catalogue = script.update(language, source)

    assert script.not_current(language, catalogue) + script.problems_of(language, catalogue) == []


def test_no_counted_sentence_is_also_said_plainly(collected):
    assert collected[1] == []


def test_a_counted_sentence_said_plainly_is_named(script):
    catalogue = Catalog()
    catalogue.add(("%(n)s ngày", "%(n)s ngày"))
    catalogue.add("%(n)s ngày")

    faults = script.said_without_counting(catalogue, {"%(n)s ngày": "movements/days.py"})
    assert faults == ["movements/days.py: '%(n)s ngày' counts; say it with ngettext"]


def test_a_sentence_without_english_is_named(script):
    catalogue = Catalog(locale="en")
    catalogue.add("Đơn vị", "Unit")
    catalogue.add("Phong trào", "")
    catalogue.add("Sổ khen", "Register", flags={"fuzzy"})

    missing = ["en: no translation of 'Phong trào'", "en: no translation of 'Sổ khen'"]
    assert script.problems_of("en", catalogue) == missing


@pytest.mark.parametrize("english", ["%(count)s rows", "rows", "{n} rows"])
def test_a_translation_that_loses_or_changes_a_place_is_named(script, english):
    catalogue = Catalog(locale="en")
    catalogue.add("%(n)s dòng", english)

    assert [message.id for message in script.wrong_places(catalogue)] == ["%(n)s dòng"]


def test_a_sentence_the_law_chooses_between_two_is_collected_both_ways(script):
    code = 'text = "Trên {n}" if few else "Từ {n}"\nsay(text)\nsay("Không" if few else "Có")\n'

    said = [
        sentence for _, _, sentence, _ in script.said_by_the_law(BytesIO(code.encode()), (), (), options={})
    ]

    assert sorted(said) == ["Có", "Không", "Trên {n}", "Từ {n}"]


# The pages


class Spoken(HTMLParser):
    """Gathers what a page says: its text and its spoken attributes, but nothing marked as Vietnamese."""

    def __init__(self):
        super().__init__()
        self.said = []
        self._silent = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.append(tag)
        elif tag in SILENT or found.get("lang") == "vi":
            self._silent.append(tag)
        else:
            self.said += [found[name] for name in SPOKEN if found.get(name)]

    def handle_endtag(self, tag):
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.said.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def examples(script):
    """Return what English sentences themselves hold in Vietnamese, such as “30/KH-STP”, longest first."""
    texts = [text for message in script.read("en") if message.id for text in script._forms(message.string)]
    return sorted(
        {text for text in texts if script.VIETNAMESE.search(text)} | {"Thi Đua"}, key=len, reverse=True
    )


def vietnamese_in(html, script, examples):
    page = Spoken()
    page.feed(html)
    left = []
    for said in page.said:
        for example in examples:
            said = said.replace(example, "")  # noqa: PLW2901 -- what remains of it is looked at
        if script.VIETNAMESE.search(SYMBOL.sub("", said)):
            left.append(said)
    return left


def plain_addresses(patterns=None, names=()):
    """Yield the address of every page that takes no argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                try:
                    yield reverse(":".join((*names, pattern.name)))
                except NoReverseMatch:
                    continue
        elif pattern.namespace != SAMPLES:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from plain_addresses(pattern.url_patterns, inner)


@pytest.fixture
def world(db):
    """Return an administrator in every role and the addresses of what there is; no word of it is Vietnamese."""
    kind = make_kind("board", name="Board", level="province")
    ministry = make_unit("Ministry", kind=kind)
    office = make_unit("Office", ministry, kind=kind)
    person = make_person("Alpha Beta", ministry, position="Clerk")
    for role in UnitRole.Role:
        make_role(person, ministry, role)
    account = make_administrator(person=person, username="alpha")
    cluster = make_cluster(ministry, ministry, office, name="First cluster")
    honour = make_honour(person, number="1/QD", issuer="Ministry")
    prepared = make_movement(ministry, items=PLAN, by=account)
    launched = launch(make_movement(ministry, items=PLAN, by=account), [office], by=account)
    for movement in (prepared, launched):
        movement.name = "A movement"
        movement.save()
    addresses = [
        reverse("organisations:unit", args=[office.pk]),
        reverse("organisations:person", args=[person.pk]),
        reverse("organisations:cluster", args=[cluster.pk]),
        reverse("honours:honour", args=[honour.pk]),
        reverse("honours:person", args=[person.pk]),
        reverse("movements:check", args=[prepared.pk]),
        reverse("movements:launch", args=[prepared.pk]),
        *(
            reverse(f"movements:{page}", args=[launched.pk])
            for page in ("detail", "board", "deadlines", "revisions")
        ),
        reverse("movements:part", args=[launched.pk, office.pk]),
    ]
    return account, addresses


def test_no_english_page_says_anything_in_vietnamese(client, world, script, examples):
    account, addresses = world
    signed_in(client, account)
    client.cookies["django_language"] = "en"
    shown, said = 0, {}

    for address in [*plain_addresses(), *addresses]:
        answer = client.get(address)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            shown += 1
            if left := vietnamese_in(answer.content.decode(), script, examples):
                said[address] = left

    assert said == {}
    assert shown > len(addresses)
