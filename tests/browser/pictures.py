"""Pictures of the walk, kept as artefacts."""

from playwright.sync_api import Error


def picture(page, path):
    """Keep a screenshot as an artefact; the browser may refuse one while it paints a page anew."""
    for wait in (250, 1000, 3000):
        try:
            page.screenshot(path=path)
        except Error:
            page.wait_for_timeout(wait)
        else:
            return
    page.screenshot(path=path)
