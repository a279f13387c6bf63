"""One state of a page in every look: both languages, light and dark, on both screens."""

import os
from itertools import product
from pathlib import Path

from browser import checks, look, shots, steps
from browser.watch import Watch

LOOKS = tuple(product(look.LANGUAGES, look.SCHEMES, ("large", "small")))
# What axe-core judges does not depend on the screen but for what is hidden on one: each language and scheme once on the large one.
LARGE = (("da", "light"), ("en", "dark"))
UNFOLD = "() => document.querySelectorAll('details').forEach(own => { own.open = true; })"


class Inspector:
    """Holds a browser window for every look; without its cookies it is as good as new."""

    def __init__(self, browser, base):
        self.base = base
        self.folder = os.environ.get("RETTEMATCH_SHOTS")
        self.windows = {}
        for lang, scheme, screen in LOOKS:
            page = look.context(browser, screen, scheme, lang).new_page()
            self.windows[lang, scheme, screen] = (page, Watch(page, base))

    def inspect(self, order):
        """Answers with the number of looks. The steps lead to the state; they change nothing."""
        wrong = []
        for (lang, scheme, screen), (page, watch) in self.windows.items():
            self.reach(page, order, lang)
            if self.folder and screen == "small":
                self.paint(page, f"{order['name']}-{lang}-{scheme}")
            found = [*shown(page, watch, order, lang), *checks.frame(page, lang), *laid_out(page)]
            if screen == "small" or (lang, scheme) in LARGE:
                found.extend(checks.accessible(page))
            found.extend(watch.wrong())
            wrong.extend(f"{order['name']} ({lang}, {scheme}, {screen}): {each}" for each in found)
        return {"wrong": wrong, "looks": len(self.windows)}

    def letter(self, order):
        """The HTML of a letter as a telephone shows it: light and dark."""
        wrong = []
        for scheme in look.SCHEMES:
            page, watch = self.windows["da", scheme, "small"]
            page.goto("about:blank")
            page.set_content(order["html"])
            if self.folder:
                self.paint(page, f"{order['name']}-{scheme}")
            found = [*checks.fits(page, "as it is"), *checks.accessible(page), *watch.wrong()]
            wrong.extend(f"{order['name']} ({scheme}): {each}" for each in found)
        return {"wrong": wrong, "looks": len(look.SCHEMES)}

    def reach(self, page, order, lang):
        page.context.clear_cookies()
        page.goto(self.base + order["path"])
        for step in order["steps"][lang]:
            steps.do(page, step)

    def paint(self, page, name):
        before = page.viewport_size
        page.set_viewport_size(look.SCREENS["telephone"]["viewport"])
        shots.paint(page, Path(self.folder) / f"{name}.png")
        page.set_viewport_size(before)


def shown(page, watch, order, lang):
    """Whether it is the state that it is said to be."""
    if watch.status != order["status"]:
        yield f"status {watch.status}, not {order['status']}"
    said = order["says"][lang]
    if said not in page.locator("main").inner_text():
        yield f"{said!r} is not said"


def laid_out(page):
    """What is folded away is judged too."""
    page.evaluate(UNFOLD)
    yield from checks.fits(page, "as it is")
    yield from checks.fits_enlarged(page)
