"""Who would head the same unit twice over after a reorganisation: nothing forbids it, somebody must decide."""

from collections import defaultdict
from dataclasses import dataclass

from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.organisations.models import Post, Unit
from thidua.organisations.services.effects import Effects, posts_from
from thidua.organisations.services.requests import Target

DEPUTY = "pho "  # as folded: several deputies are no surprise


@dataclass(frozen=True, slots=True)
class DoubledHead:
    """One title of head that several people would hold in one unit."""

    unit: str
    position: str
    holders: tuple[str, ...]


def doubled_heads(effects: Effects) -> list[DoubledHead]:
    """Return the titles of head more than one person would hold where people come together."""
    held: dict[tuple[Target, str], list[Post]] = defaultdict(list)
    for unit, post in posts_coming_together(effects):
        title = fold(one_line(post.position))
        if post.is_manager and not title.startswith(DEPUTY):
            held[unit, title].append(post)
    return [
        DoubledHead(unit.name, posts[0].position, tuple(holders.values()))
        for (unit, _title), posts in held.items()
        if len(holders := {post.person_id: post.person.full_name for post in posts}) > 1
    ]


def posts_coming_together(effects: Effects) -> list[tuple[Target, Post]]:
    """Return the posts that go to a unit, after those it has already."""
    coming = [(change.unit, change.post) for change in effects.posts if change.unit]
    receiving = dict.fromkeys(unit for unit, _post in coming if isinstance(unit, Unit))
    return [(unit, post) for unit in receiving for post in posts_from(unit, effects.on)] + coming
