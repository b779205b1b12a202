"""``thidua law list``, ``show``, ``verify`` and ``schema``: what the law files hold and whether they are sound."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from thidua.commands.law_input import (
    DONE,
    FAULTY,
    Translate,
    complain,
    day_of,
    drafted,
    law_of,
    print_json,
    print_lines,
    told,
    words_of,
)
from thidua.commands.law_sentences import shown
from thidua.core.law.messages import Said, say
from thidua.core.law.words import AWARDS

_NO_OWN = say("không có quy định riêng đang hiệu lực")


def listing(given: argparse.Namespace) -> int:
    from thidua.core.law.showing import catalogue

    found, words = catalogue(law_of(given), day_of(given)), words_of(given)
    if given.json:
        print_json(found)
        return DONE
    pack = found["pack"] or say("(chưa có)")
    print(say("Ngày {on}, gói {pack}", on=found["on"], pack=pack).in_words(words))
    for award in found["awards"]:
        since = award["in_force_from"] or words("chưa có dữ liệu luật")
        print(f"  {award['id']:<12} {award['label'][given.lang]} – {since}")
    for figure in found["figures"]:
        print(f"  {figure['name']:<40} {shown(figure['value'])}  {figure['label'][given.lang]}")
    for authority, texts in found["authorities"].items():
        print(f"  {authority:<10} {', '.join(texts) or _NO_OWN.in_words(words)}")
    return DONE


def show(given: argparse.Namespace) -> int:
    from thidua.commands.law_aloud import award_aloud, figure_aloud
    from thidua.core.law.showing import award_on, figure_on

    law, on = law_of(given), day_of(given)
    if given.name in AWARDS:
        award = law.award(given.name)
        if given.json:
            print_json(award_on(award, on))
        else:
            print_lines(award_aloud(law, award, on, given.authority, words_of(given)))
        return DONE
    if given.name in law.authorities():
        return _show_authority(given, law)
    figure = law.figure(given.name, given.authority)
    if given.json:
        print_json(figure_on(figure, on))
    else:
        print_lines(figure_aloud(figure, on, words_of(given)))
    return DONE


def _show_authority(given: argparse.Namespace, law: Any) -> int:
    """Name the texts of an authority that are in force on the day."""
    held, words = law.overlays_on(given.name, day_of(given)), words_of(given)
    if given.json:
        print_json({
            "authority": given.name,
            "on": day_of(given).isoformat(),
            "texts": [
                {"text": one.text, "label": dict(one.label), "in_force_from": one.in_force_from.isoformat()}
                for one in held
            ],
        })  # fmt: skip
        return DONE
    print(say("{authority}, ngày {day}", authority=given.name, day=day_of(given)).in_words(words))
    for one in held:
        since = say("từ {day}", day=one.in_force_from).in_words(words)
        print(f"  {one.text} – {one.label[given.lang]}, {since}")
    if not held:
        print("  " + _NO_OWN.in_words(words))
    return DONE


def verify(given: argparse.Namespace) -> int:
    from thidua.core.law.checks import verify as verify_law
    from thidua.core.law.matters import open_matters

    law, words = law_of(given), words_of(given)
    if given.files:
        return _try(given.files, law, words)
    today = date.today()  # noqa: DTZ011 - a day of the law is a local day
    report = verify_law(law, today=today)
    matters = [] if report.problems else open_matters(law, today=today)
    if given.json:
        print_json({
            "problems": [problem.said.in_words(words) for problem in report.problems],
            "stale": [item.file for item in report.stale],
            "to_review": [item.file for item in report.to_review],
            "files": report.files,
            "open": [_matter(found) for found in matters],
            "giving_way": [problem.said.in_words(words) for problem in report.giving_way],
        })  # fmt: skip
        return FAULTY if report.problems else DONE
    complain(words, *told(report.problems))
    print_lines(said.in_words(words) for said in _notes(report, matters))
    counts = say(
        "{files} tệp, {problems} lỗi, {stale} tệp chưa đọc lại trong một năm.",
        files=report.files, problems=len(report.problems), stale=len(report.stale),
    )  # fmt: skip
    print(counts.in_words(words))
    return FAULTY if report.problems else DONE


def _notes(report: Any, matters: list[Any]) -> list[Said]:
    """Return what is no fault and still to be looked at."""
    from thidua.core.law.matters import MatterKind

    unread = {
        MatterKind.UNVERIFIED: say("chưa kiểm chứng trong văn bản"),
        MatterKind.UNSTATED: say("chưa tìm thấy tiêu chuẩn trong văn bản nào"),
    }
    notes: list[Said] = []
    for item in report.stale:
        read = (
            say("đọc lại lần cuối {day}", day=str(item.still_valid_on))
            if item.still_valid_on
            else say("chưa ai đọc lại")
        )
        notes.append(say("{file}: {what}", file=item.file, what=read))
    notes += told(report.giving_way)
    notes += [say("{file}: đến ngày soát lại {day}", file=item.file, day=str(item.review_on))
              for item in report.to_review]  # fmt: skip
    notes += [
        say(
            "{file}: {what} – {rule}, {source}",
            file=found.file, what=unread[found.kind], rule=found.rule.id, source=str(found.rule.source),
        )
        for found in matters
        if found.kind in unread and found.rule
    ]  # fmt: skip
    return notes


def _try(paths: list[Path], law: Any, words: Translate) -> int:
    """Verify files that are not yet law, laid over the law there is."""
    from thidua.core.law.yamltext import FileProblemsError

    names = ", ".join(map(str, paths))
    try:
        draft = drafted(paths, law)
    except FileProblemsError as error:
        complain(words, *told(error.problems))
        print(say("{files}: {number} lỗi.", files=names, number=len(error.problems)).in_words(words))
        return FAULTY
    print_lines(said.in_words(words) for said in told((*draft.consequences, *draft.unused)))
    print(say("{files}: {number} lỗi.", files=names, number=0).in_words(words))
    return DONE


def _matter(found: Any) -> dict[str, Any]:
    """Return an open matter as plain values."""
    return {
        "kind": found.kind.value,
        "file": found.file,
        "since": found.since.isoformat() if found.since else None,
        "rule": found.rule.id if found.rule else None,
        "source": str(found.rule.source) if found.rule else None,
        "confidence": found.rule.confidence.value if found.rule else None,
    }


def schema(_given: argparse.Namespace) -> int:
    from thidua.core.eligibility.schema import case_schema

    print_json(case_schema())
    return DONE
