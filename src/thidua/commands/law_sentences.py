"""What ``thidua law`` prints for a reader: figures, awards, verdicts and amounts in sentences."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from thidua.commands.law_input import Translate
from thidua.core.law.messages import Grouped, Message, Said, say
from thidua.core.law.sources import Confidence

if TYPE_CHECKING:
    from thidua.core.eligibility.columns.lacking import Lack
    from thidua.core.law.money import Due

NOTHING = Message("")


def shown(value: Any) -> str:
    return "–" if value is None else str(value)


UNVERIFIED = say(" – quy định chưa kiểm chứng")
OUTCOMES = {
    "eligible": say("ĐẠT"),
    "not_eligible": say("CHƯA ĐẠT"),
    "unknown": say("CHƯA ĐỦ DỮ LIỆU"),
}
_MARKS = {True: say("đạt"), False: say("chưa đạt"), None: say("chưa rõ")}


def outcomes_in(words: Translate) -> dict[str, str]:
    return {outcome: said.in_words(words) for outcome, said in OUTCOMES.items()}


def lacks_in(lacked: "Iterable[Lack]", words: Translate) -> str:
    """Return the conditions somebody lacks with their articles: the unmet before those nobody can answer."""
    lacked = list(lacked)
    unmet = tuple(_with_source(one) for one in lacked if one.met is False)
    unknown = tuple(_with_source(one) for one in lacked if one.met is None)
    told = (
        *([say("Chưa đạt: {conditions}", conditions=unmet)] if unmet else []),
        *([say("Chưa rõ: {conditions}", conditions=unknown)] if unknown else []),
    )
    return ". ".join(one.in_words(words) for one in told)


def _with_source(lack: "Lack") -> Said:
    if lack.rule is None:
        return lack.asked
    return say("{asked} ({source})", asked=lack.asked, source=str(lack.rule.source))


def print_verdict(found: dict[str, Any], words: Translate, *, doubtful_money: bool = False) -> None:
    """Print an answer; ``doubtful_money`` where the rules behind its amount were not read in their text."""
    outcomes = outcomes_in(words)
    print(outcomes[found["outcome"]])
    for pack in found["packs"]:
        print(
            say("Gói {pack}: {outcome}", pack=pack["pack"], outcome=outcomes[pack["outcome"]]).in_words(words)
        )
        for item in pack["findings"]:
            source = " ".join(filter(None, (item["source"], item["article"])))
            unsure = UNVERIFIED.in_words(words) if _is_doubtful(item) else ""
            mark = _MARKS[item["met"]].in_words(words)
            print(f"  [{mark}] {item['asked']}: {item['seen']} ({source}{unsure})")
    for item in found["missing"]:
        print(say("Còn thiếu: {what}", what=item["what"]).in_words(words))
    if found["money"]:
        said = (
            say(
                "Tiền thưởng: {amount}{unsure}",
                amount=amount_of(found["money"]),
                unsure=_unsure(doubtful_money),
            )
            if found["outcome"] == "eligible"
            else say(
                "Tiền thưởng nếu đủ điều kiện: {amount}{unsure}",
                amount=amount_of(found["money"]),
                unsure=_unsure(doubtful_money),
            )
        )
        print(said.in_words(words))


def _unsure(is_unsure: bool) -> Said:  # noqa: FBT001 - the one thing asked
    return UNVERIFIED if is_unsure else NOTHING


def amount_of(due: dict[str, Any]) -> Said:
    """Return an amount, marked where the law only says at most how much."""
    amount = dong(due["amount"])
    return (
        say("tối đa {amount} đồng", amount=amount)
        if due["is_ceiling"]
        else say("{amount} đồng", amount=amount)
    )


def dong(amount: int) -> Grouped:
    return Grouped(amount)


def counted_of(due: "Due", words: Translate) -> str:
    """Return how an amount comes about: the product alone, or with the rounding where there is one."""
    if due.multiple is None or due.base is None or due.counted is None:
        return ""
    if due.multiple * due.base == due.amount:
        return say(" = {multiple} × {base}", multiple=due.multiple, base=dong(due.base)).in_words(words)
    return f" ({due.counted.in_words(words)})"


def print_ahead(on: date, words: Translate) -> None:
    """Print what to know of money by a decision of a day to come; nothing of any other day."""
    if on > date.today():  # noqa: DTZ011 - a day of the law is a local day
        said = say(
            "Ngày quyết định {day} chưa đến: tính theo lương cơ sở và quy định biết đến hôm nay, có thể còn đổi.",
            day=on,
        )
        print(said.in_words(words))


def print_money(found: dict[str, Any], words: Translate) -> None:
    """Print what a list of awards pays: what no law sets is not nought, what nobody verified is marked."""
    for line in found["lines"]:
        print(f"{line['who']}: {line['award']} – {_paid(line, words)}")
    unset = sum(line["amount"] is None for line in found["lines"])
    doubtful = sum(line["paid"] for line in found["lines"] if _is_doubtful(line))
    notes = [
        say("Cộng: {amount} đồng", amount=dong(found["total"])),
        *(
            [say("trong đó {amount} đồng theo quy định chưa kiểm chứng", amount=dong(doubtful))]
            if doubtful
            else []
        ),
        *([say("chưa kể {lines} dòng chưa có dữ liệu luật", lines=unset)] if unset else []),
    ]
    print(", ".join(note.in_words(words) for note in notes))


def _paid(line: dict[str, Any], words: Translate) -> str:
    if line["amount"] is None:
        return say("chưa có dữ liệu luật về tiền thưởng này ngày đó").in_words(words)
    paid = amount_of({"amount": line["paid"], "is_ceiling": line["is_ceiling"] and line["paid"]})
    note = f" {line['reason']}" if line["reason"] else _unsure(_is_doubtful(line)).in_words(words)
    source = f" ({line['source']})" if line["source"] else ""
    return paid.in_words(words) + note + source


def _is_doubtful(item: dict[str, Any]) -> bool:
    """Return whether the rule of a line or a finding was not read in its text; False where there is none."""
    return item["confidence"] is not None and not Confidence(item["confidence"]).may_block
