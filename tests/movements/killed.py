"""A program for tests: does pieces of work on copies of a database, each time killed at another statement.

It takes tasks as JSON, forks a process for every step, and prints what stood in the database and on the page after
each kill and after somebody went on. The kill is a real SIGKILL in the midst of a real transaction on a real file.
It is run with Django set up: ``python -c "import django; django.setup(); from movements import killed; …"``.
"""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from itertools import count
from pathlib import Path

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from thidua.audit.models import Entry
from thidua.config.background import queue_worker
from thidua.movements.models import Launch, Movement, PlanItem
from thidua.notices.models import Notice

BETWEEN = 3  # kills between the first and the last statement


class Visitor:
    """Somebody at a browser, signed in, with a thing to do: ``launch``, ``intake``, or ``send`` as the worker does."""

    def __init__(self, task):
        self.task = task
        self.browser = Client(headers={"host": "localhost"})
        self.browser.cookies["sessionid"] = task["session"]

    def work(self):
        return getattr(self, self.task["work"])()

    def launch(self):
        given = {"go": "1", "unit": self.task.get("units", [])}
        return self.browser.post(self.page(), given).status_code

    def intake(self):
        with Path(self.task["plan"]).open("rb") as file:
            given = {"organiser": self.task["organiser"], "file": file}
            return self.browser.post(reverse("movements:intake"), given).status_code

    def send(self):
        queue_worker().run()

    def go_on(self):
        """Do what the page offers: the same form once more, or to go on with what stopped."""
        if self.task["work"] == "intake":
            return self.intake()
        answer = self.browser.get(self.page(), follow=True)
        if "Tiếp tục" in answer.content.decode():
            self.browser.post(f"{answer.redirect_chain[-1][0]}tiep/")
        else:
            self.launch()
        return self.send()

    def page(self):
        return reverse("movements:launch", args=[self.task["movement"]])

    def state(self):
        return {"whole": is_whole()} | (plans() if self.task["work"] == "intake" else self.movement())

    def movement(self):
        movement = Movement.objects.get(pk=self.task["movement"])
        page = self.browser.get(self.page(), follow=True).content.decode()
        parts = movement.participations
        return {
            "status": movement.status,
            "seen": parts.filter(is_visible=True).count(),
            "most parts of a unit": max(Counter(parts.values_list("unit", flat=True)).values(), default=0),
            "orders": sorted(Launch.objects.filter(movement=movement).values_list("status", flat=True)),
            "revisions": movement.plan.revisions.count(),
            "deadlines": movement.deadlines.count(),
            "told": Notice.objects.filter(key=f"received:{movement.pk}").count(),
            "logged": Entry.objects.filter(action="movement.launch", subject_id=str(movement.pk)).count(),
            "page": next((words for words in ("Tiếp tục", "Xem trước") if words in page), ""),
        }


def plans():
    read = Movement.objects.exclude(plan__file=None)
    items = PlanItem.objects.filter(plan__movement__in=read)
    return {"movements": read.exclude(name="").count(), "items": items.count()}


def is_whole():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return cursor.fetchone()[0] == "ok"


def in_child(database, step):
    """Run ``step`` in a process of its own on ``database``; return what it gave, None when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        connection.settings_dict["NAME"] = str(database)
        given = json.dumps(step())
        connection.close()
        os.write(writing, given.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        given = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in {0, -signal.SIGKILL}:
        raise SystemExit(f"a step broke down: {status}")
    return json.loads(given) if status == 0 else None


def killed_at(point, work):
    """Do ``work``; at its statement of this number the process kills itself. Returns how many there were."""
    numbers = count(1)
    last = 0

    def look(execute, *given):
        nonlocal last
        last = next(numbers)
        if last == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)

    with connection.execute_wrapper(look):
        work()
    return last


def copied(database, name):
    """Return a fresh copy of the database; whoever wrote it has closed it."""
    copy = Path(database).with_name(name)
    shutil.copy(database, copy)
    return copy


def outcomes(database, task):
    """Return what came of each kill; the work once done whole tells the number of its statements."""
    visitor, name = Visitor(task), task["work"]
    statements = in_child(copied(database, f"{name}-whole"), lambda: killed_at(0, visitor.work))
    for point in sorted({1, statements, *range(2, statements, statements // BETWEEN)}):
        copy = copied(database, f"{name}-{point}")
        survived = in_child(copy, lambda point=point: killed_at(point, visitor.work))
        after = in_child(copy, visitor.state)
        in_child(copy, visitor.go_on)
        yield {"killed": survived is None, "after": after, "then": in_child(copy, visitor.state)}


def warm_up(database, tasks):
    """Load pages, worker and the reader of files once, for all processes forked from here."""
    connection.settings_dict["NAME"] = str(copied(database, "warm"))
    for task in tasks:
        Visitor(task).work()
        Visitor(task).state()
    connection.close()


def main():
    """Read {database, files, tasks}; print the outcomes by the name of the work."""
    given = json.load(sys.stdin)
    with override_settings(MEDIA_ROOT=Path(given["files"])):
        warm_up(given["database"], given["tasks"])
        found = {task["work"]: list(outcomes(given["database"], task)) for task in given["tasks"]}
    json.dump(found, sys.stdout)
