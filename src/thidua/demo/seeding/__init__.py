"""Fills an empty database with the demonstration: the invented sector and its movements, up to today."""

from collections.abc import Callable
from datetime import date
from itertools import chain

from django.db import transaction
from django.utils import timezone, translation

from thidua.audit.services import seal_entries
from thidua.demo.clusters import load_clusters
from thidua.demo.movements import load_movements
from thidua.demo.people import generate_people
from thidua.demo.seeding.accounts import write_accounts
from thidua.demo.seeding.clusters import write_clusters
from thidua.demo.seeding.history import settle_old_news
from thidua.demo.seeding.movements import Story
from thidua.demo.seeding.own_rules import own_rules_acts
from thidua.demo.seeding.people import write_people
from thidua.demo.seeding.register import Register
from thidua.demo.seeding.registrations import seed_registrations
from thidua.demo.seeding.submitting import SubmissionStory
from thidua.demo.seeding.timeline import play
from thidua.demo.seeding.units import write_units
from thidua.demo.seeding_honours import seed_honours
from thidua.demo.submissions import load_submissions
from thidua.demo.units import load_units
from thidua.records.days import day_of

PEOPLE_SEED = 2026


def seed(say: Callable[[str], object]) -> None:
    """Write everything in one transaction; ``say`` is told in Vietnamese how far it is."""
    now = timezone.now()
    with translation.override("vi"), transaction.atomic():
        register = write_register(day_of(now), say)
        stories = [Story(given, register) for given in load_movements(day_of(now))]
        drafts = [SubmissionStory(given, register) for given in load_submissions(day_of(now))]
        acts = chain.from_iterable(story.acts() for story in stories)
        play(chain(acts, own_rules_acts(register), *(draft.acts() for draft in drafts)), until=now)
        for story in stories:
            story.look_back(day_of(now))
        settle_old_news(now)
        say(f"Đã dựng {len(stories) + len(drafts)} phong trào thi đua.")
        seed_honours(say)
        seed_registrations(say)
        seal_entries()


def write_register(today: date, say: Callable[[str], object]) -> Register:
    """Write units, people, clusters and accounts, and return them by the demonstration's own codes."""
    sector = load_units()
    people = generate_people(PEOPLE_SEED, sector)
    units = write_units(sector, today)
    say(f"Đã lập {len(units)} đơn vị, kể cả các đơn vị trước sắp xếp.")
    register = Register(sector, people, units, write_people(people, units, today))
    say(f"Đã ghi {len(people)} cá nhân.")
    register.clusters.update(write_clusters(load_clusters(), units))
    write_accounts(register, today)
    return register
