"""Each occurrence of a recurring deadline is finished for itself; what was noted goes to the one it fell nearest to.

The reading of rhythms is told here as it was then.
"""

import re
from calendar import monthrange
from datetime import date, timedelta, timezone

from django.conf import settings
from django.db import migrations, models

HERE = timezone(timedelta(hours=7))
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
RELATIONS = {"weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
UNITS = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
EACH = re.compile(
    r"(?:hằng|hàng|mỗi|từng|định\s+kỳ|(?:một|0?1))\s+(tuần|tháng|quý|năm)\b|cu[ốô]i\s+(quý)\b", re.IGNORECASE
)
HALF = re.compile(r"(?:0?6|sáu)\s+tháng", re.IGNORECASE)
DAY = re.compile(
    r"(?:ngày|mùng|mồng)\s*(\d{1,2})(?:\s*(?:/|tháng)\s*(\d{1,2}))?|(?<![\d/])(\d{1,2})\s*/\s*(\d{1,2})",
    re.IGNORECASE,
)
FIRST_MONTH = re.compile(r"tháng\s+đầu|(?:quý|kỳ)\s+(?:sau|tiếp|kế)", re.IGNORECASE)
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6} | {str(n): n - 1 for n in range(2, 8)}
WEEKDAY = re.compile(r"thứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])", re.IGNORECASE)


def rhythm_of(row):
    """Return (how often, day, month) of a recurring row; None for any other."""
    if row.event_id or not (row.recurring or row.relation in RELATIONS or row.due.startswith("--")):
        return None
    if yearly := re.fullmatch(r"--(\d\d)-(\d\d)", row.due):
        return "year", int(yearly[2]), int(yearly[1])
    words = row.recurring or row.words
    each = EACH.search(words)
    every = RELATIONS.get(row.relation) or (
        "half" if HALF.search(words) else UNITS[(each[1] or each[2]).lower()] if each else ""
    )
    if every == "week":
        found = WEEKDAY.search(words)
        return every, WEEKDAYS[found[1].lower()] if found else 7, None
    day = DAY.search(words)
    number = int(day[1] or day[3]) if day else None
    month = int(day[2] or day[4]) if day and (day[2] or day[4]) and every == "year" else None
    if every in ("quarter", "half") and FIRST_MONTH.search(words):
        month = 1
    return (every, number, month) if every else None


def named_days(rhythm, first, last):
    every, number, month = rhythm
    if every == "week":
        day = first + timedelta(days=(number - first.isoweekday()) % 7)
        while day <= last:
            yield day
            day += timedelta(days=7)
        return
    length = MONTHS[every]
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, place = divmod(count, 12)
        if place % length == ((month or length) - 1) % length:
            end = monthrange(year, place + 1)[1]
            day = date(year, place + 1, min(number or end, end))
            if first <= day <= last:
                yield day


def days_of(row, rhythm, until):
    """Return the last day of each occurrence, from the movement's beginning to its end or to ``until``."""
    movement = row.movement
    launched = movement.launched_at.astimezone(HERE).date() if movement.launched_at else None
    begun = [day for day in (movement.starts_on, launched, row.runs_from) if day]
    if not begun:
        return []
    first, year = max(begun), timedelta(days=366)
    last = min(day for day in (movement.ends_on, movement.closed_on, max(first, until) + year) if day)
    early = timedelta(days=row.relation == "before")
    days = [day - early for day in named_days(rhythm, first + early, last + early)]
    return days or [day - early for day in named_days(rhythm, first + early, first + early + year)][:1]


def tell_occurrences(apps, schema_editor):
    """Say from when a rhythm runs that a revision brought, and which occurrence was finished."""
    deadlines = apps.get_model("movements", "Deadline").objects.select_related(
        "movement", "item", "made_by_revision"
    )
    by_item = {}
    for row in deadlines.order_by("made_by_revision__number"):
        if (rhythm := rhythm_of(row)) is None:
            continue
        before = (
            by_item.get((row.movement_id, row.item.origin_id)) if row.item and row.item.origin_id else None
        )
        revision = row.made_by_revision
        if before and before[0] == rhythm[0]:
            row.runs_from = before[1]
        elif revision and revision.number > 1:
            row.runs_from = revision.effective_on
        by_item[row.movement_id, row.item_id] = rhythm[0], row.runs_from
        row.save(update_fields=["runs_from"])
        for done in row.completions.filter(occurrence=None):
            days = days_of(row, rhythm, done.finished_on)
            if days:
                done.occurrence = min(days, key=lambda day: (abs((day - done.finished_on).days), day))
                done.save(update_fields=["occurrence"])


def keep_last_rounds(apps, schema_editor):
    """Keep of each unit and deadline the finishing day of its last round: going back there is place for one."""
    completions = apps.get_model("movements", "Completion").objects
    rows = completions.exclude(deadline=None).order_by("finished_on", "occurrence", "at")
    last = {(unit, deadline): pk for unit, deadline, pk in rows.values_list("unit", "deadline", "pk")}
    noted = set(rows.values_list("pk", flat=True))
    for pk in noted - set(last.values()):
        completions.filter(pk=pk).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("movements", "0012_amendments_of_other_plans"),
        ("organisations", "0005_day_of_the_decision"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="completion", name="completion_once_a_deadline"),
        migrations.AddField(
            model_name="completion",
            name="occurrence",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deadline",
            name="runs_from",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.UniqueConstraint(
                models.F("unit"),
                models.F("deadline"),
                condition=models.Q(("occurrence__isnull", True)),
                name="completion_once_a_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="completion",
            constraint=models.UniqueConstraint(
                models.F("unit"),
                models.F("deadline"),
                models.F("occurrence"),
                name="completion_once_an_occurrence",
            ),
        ),
        migrations.RunPython(tell_occurrences, keep_last_rounds),
    ]
