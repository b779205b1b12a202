"""Addresses of registrations in the tables of who may open what; the columns are those of test_access_pages."""

SEEN_BY_UNIT = (200, 200, 200, 404, 404, 200, 404)
KEPT = (200, 200, 200, 404, 404, 403, 404)
OF_HOUSE = (200, 200, 404, 404, 404, 200, 404)
REGISTRATION_PAGES = [
    ("registrations", lambda _s: (), (302,) * 7),
    ("own_registration", lambda _s: (), (*(200,) * 6, 404)),
    ("registration", lambda s: (s.north.pk, 2026), SEEN_BY_UNIT),
    ("registration", lambda s: (s.south.pk, 2026), OF_HOUSE),
    ("registration", lambda s: (s.north.pk, 1999), (404,) * 7),
    ("registration_add", lambda s: (s.north.pk, 2026), KEPT),
    ("registration_paper", lambda s: (s.north.pk, 2026, "docx"), SEEN_BY_UNIT),
    ("registration_paper", lambda s: (s.north.pk, 2026, "odt"), (404,) * 7),
    ("registration_step", lambda s: (s.north.pk, 2026, "return"), (200, 200, 403, 404, 404, 403, 404)),
    ("registration_step", lambda s: (s.north.pk, 2026, "nonsense"), (404,) * 7),
    ("coverage", lambda s: (s.house.pk, 2026), OF_HOUSE),
    ("registered", lambda s: (s.house.pk, 2026), OF_HOUSE),
    ("cluster_coverage", lambda s: (s.cluster.pk,), OF_HOUSE),
    ("cluster_registered", lambda s: (s.cluster.pk,), OF_HOUSE),
]
HOUSE = {"officer", "head"}
NORTH = {"receiver", *HOUSE}
REGISTRATION_ACTS = [
    ("own_registration", lambda _s: (), {"officer", "head", "receiver", "clerk", "stranger", "auditor"}),
    ("withdraw_wish", lambda s: (s.wish.pk,), {"clerk"}),
    ("registration_add", lambda s: (s.north.pk, 2026), NORTH),
    ("registration_lines", lambda s: (s.north.pk, 2026), NORTH),
    ("registration_movement", lambda s: (s.north.pk, 2026), NORTH),
    ("registration_step", lambda s: (s.north.pk, 2026, "return"), HOUSE),
    ("coverage_remind", lambda s: (s.house.pk, 2026), HOUSE),
    ("cluster_coverage_remind", lambda s: (s.cluster.pk,), HOUSE),
]
