import importlib.util
import re
import shutil
import sys
from pathlib import Path

import pytest

import thidua.ui

UI = Path(thidua.ui.__file__).parent
SHEET = (UI / "static/ui/thidua.css").read_text(encoding="utf-8")
DARK_SHEET = (UI / "static/ui/dark.css").read_text(encoding="utf-8")
SCRIPT = Path(__file__).parents[2] / "scripts" / "vendor_assets.py"
STATES = ("waiting", "in-work", "done", "due-soon", "late", "honour")
TEXT_ON_GROUND = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "ink-faint")
        for ground in ("paper", "ground", "hover", "raised")
    ),
    *((state, f"{state}-tint") for state in STATES),
    *((state, "paper") for state in STATES),
    ("ink", "picked"),
    ("ink-soft", "picked"),
    ("on-ink", "ink"),
    ("on-ink", "ink-hover"),
    ("ink", "mark"),
]
EDGES = [("edge", "paper"), ("edge", "ground"), ("focus", "paper"), ("focus", "ground")]


def tokens(sheet):
    block = sheet.split(":root {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})\b", block))


LIGHT = tokens(SHEET)
DARK = LIGHT | tokens(DARK_SHEET)


def luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def below(theme, pairs, least):
    return [
        (a, b, round(contrast(theme[a], theme[b]), 2))
        for a, b in pairs
        if contrast(theme[a], theme[b]) < least
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_its_grounds(theme):
    assert below(theme, TEXT_ON_GROUND, 4.5) == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_focus_rings_can_be_seen(theme):
    assert below(theme, EDGES, 3.0) == []


def test_the_dark_theme_gives_every_colour_of_the_light_one_another_value():
    assert [name for name in LIGHT if DARK[name] == LIGHT[name]] == []


def test_the_sheet_keeps_to_its_size():
    assert len(SHEET.encode()) <= 40 * 1024


def test_colours_are_named_once_and_used_by_name():
    rules = re.sub(r":root[^{]*\{[^}]*\}", "", SHEET.split("@media print")[0])

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_every_token_used_is_defined():
    used = set(re.findall(r"var\(--([a-z0-9-]+)", SHEET))
    defined = set(re.findall(r"--([a-z0-9-]+):", SHEET))

    assert (used - defined, defined - used) == (set(), set())


def test_every_file_the_sheets_name_exists():
    named = [
        (sheet, address)
        for sheet in ("thidua.css", "fonts.css")
        for address in re.findall(r'url\("([^"]+)"\)', (UI / "static/ui" / sheet).read_text(encoding="utf-8"))
    ]

    assert len(named) == 15
    assert [pair for pair in named if not (UI / "static/ui" / pair[1]).is_file()] == []


@pytest.fixture
def vendoring():
    spec = importlib.util.spec_from_file_location("vendor_assets", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_vendored_files_are_those_the_manifest_pins(vendoring):
    assert list(vendoring.differences(*vendoring.read_manifest())) == []


def test_a_changed_or_missing_vendored_file_is_named(vendoring, tmp_path, monkeypatch):
    for part in ("src/thidua/ui/static", "tests/vendor"):
        shutil.copytree(vendoring.ROOT / part, tmp_path / part)
    monkeypatch.setattr(vendoring, "ROOT", tmp_path)
    packages, sprite = vendoring.read_manifest()
    htmx = packages[0].files[0].target
    htmx.write_bytes(htmx.read_bytes() + b"\n")
    packages[1].files[0].target.unlink()
    sprite.target.write_text(sprite.target.read_text().replace('id="flag"', 'id="flagg"'))

    found = [line.split(":")[0] for line in vendoring.differences(packages, sprite)]

    assert found == [
        "src/thidua/ui/static/ui/vendor/htmx-2.0.11/htmx.min.js",
        "src/thidua/ui/static/ui/vendor/be-vietnam-pro-5.3.0/latin-400.woff2",
        "src/thidua/ui/static/ui/icons.svg",
        "icons.svg",
        "icons.svg",
    ]
