"""The pages of ``pages``, asked of the installation's own WSGI application in this process."""

import json
import statistics
import time
from io import BytesIO
from wsgiref.util import setup_testing_defaults

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.pages_house import build
from thidua.config.wsgi import application

ASKED, WARM = 60, 5


def measure():
    """Build the house, ask each page, print what was found as JSON."""
    movement, sessions = build()
    print(json.dumps({"asked": ASKED, "pages": [measured(page, sessions) for page in pages(movement)]}))


def pages(movement):
    """Return the pages: what they are called, who asks, the address, what is aimed at."""
    lists = {"target": "p95 ≤ 35 ms", "limits": "; ≤ 100 KB; ≤ 12", "rate": "≥ 100 requests/s"}
    board = {"target": "p95 ≤ 150 ms", "limits": "; ≤ 100 KB; ≤ 12", "rate": ""}
    print_all = {"target": "p95 ≤ 150 ms", "limits": "; for printing; ≤ 12", "rate": ""}
    people = {"target": "p95 ≤ 50 ms", "limits": "; ≤ 100 KB; ≤ 12", "rate": ""}
    search = {"target": "", "limits": "; ; ≤ 12", "rate": ""}
    ministry, department, staff = "officer of the ministry", "officer of one department", "member of staff"
    return [
        {"what": "list of 100,000 movements", "who": ministry, "url": "/phong-trao/", **lists},
        {
            "what": "list, searched without diacritics",
            "who": ministry,
            "url": "/phong-trao/?q=chuyen+doi+so",
            **lists,
        },
        {"what": "list, a rare word", "who": ministry, "url": "/phong-trao/?q=so+99998", **lists},
        {"what": "list of one department", "who": department, "url": "/phong-trao/", **lists},
        {"what": "list of a member of staff", "who": staff, "url": "/phong-trao/", **lists},
        {"what": "work of a department", "who": department, "url": "/phong-trao/viec-cua-toi/", **lists},
        {"what": "board of 1,000 units", "who": ministry, "url": f"/phong-trao/{movement}/bang/", **board},
        {
            "what": "board of 1,000 units, all on one page",
            "who": ministry,
            "url": f"/phong-trao/{movement}/bang/?size=all",
            **print_all,
        },
        {
            "what": "search over 100,000 people",
            "who": ministry,
            "url": "/don-vi/ca-nhan/?q=nguyen+van+dung",
            **people,
        },
        {
            "what": "search over everything",
            "who": ministry,
            "url": "/tim/?q=nguyen+van+dung",
            "htmx": True,
            **search,
        },
        {
            "what": "search, typed diacritics",
            "who": department,
            "url": "/tim/?q=%C4%91%E1%BA%B7ng",
            "htmx": True,
            **search,
        },
    ]


def measured(page, sessions):
    page["session"] = sessions[page["who"]]
    times, processor = [], []
    for place in range(ASKED + WARM):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        body = answer(page)
        if place >= WARM:
            times.append((time.perf_counter() - begun) * 1000)
            processor.append((time.process_time() - begun_cpu) * 1000)
    return page | {
        "p50": statistics.median(times),
        "p95": statistics.quantiles(times, n=20)[-1],
        "cpu": statistics.median(processor),
        "kb": len(body) / 1024,
        "queries": queries_of(page),
    }


def answer(page):
    """Ask the application once, as a web server would; return the body of a good answer."""
    path, _mark, query = page["url"].partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", "REQUEST_METHOD": "GET"}
    environ |= {"HTTP_COOKIE": f"sessionid={page['session']}", "wsgi.input": BytesIO()}
    if page.get("htmx"):
        environ["HTTP_HX_REQUEST"] = "true"
    setup_testing_defaults(environ)
    status = []
    chunks = application(environ, lambda line, _headers: status.append(line))
    body = b"".join(chunks)
    chunks.close()
    assert status[0].startswith("200"), (page["url"], status[0])
    return body


def queries_of(page):
    with CaptureQueriesContext(connection) as captured:
        answer(page)
    return len(captured)
