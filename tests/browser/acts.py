"""Somebody opens a letter, follows a button in it, and does something on the page that it leads to."""

from browser import checks, look, steps
from browser.watch import Watch


class Actor:
    """Keeps a browser window for every look that is asked for; without its cookies it is as good as new."""

    def __init__(self, browser, base):
        self.browser, self.base = browser, base
        self.windows = {}

    def window(self, screen, scheme, lang, scripts):
        kind = (screen, scheme, lang, scripts)
        if kind not in self.windows:
            page = look.context(self.browser, *kind).new_page()
            self.windows[kind] = (page, Watch(page, self.base))
        page, watch = self.windows[kind]
        page.context.clear_cookies()
        page.goto("about:blank")
        watch.wrong()
        return page, watch

    def act(self, order):
        """Answers with what the page says at the end; every page on the way is to fit the screen and to disturb nobody."""
        own = order["look"]
        by_keyboard, touch = own["keyboard"], own["screen"] == "small"
        page, watch = self.window(own["screen"], own["scheme"], own["lang"], own["scripts"])
        wrong = []

        def arrived():
            page.wait_for_load_state()
            for each in [*checks.frame(page, own["lang"]), *checks.fits(page, "as it is"), *watch.wrong()]:
                wrong.append(f"{page.title()}: {each}")

        page.set_content(order["letter"])
        # How a letter shows the focus is up to the mail program.
        with page.expect_navigation():
            steps.press(page, order["follow"], by_keyboard, touch, judged=False)
        arrived()
        *before, last = order["steps"]
        for step in before:
            steps.do(page, step, by_keyboard, touch)
        with page.expect_navigation():
            steps.do(page, last, by_keyboard, touch)
        arrived()
        if watch.status != 200:
            wrong.append(f"status {watch.status}")
        return {"wrong": wrong, "text": page.locator("main").inner_text()}
