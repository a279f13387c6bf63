"""Starts Debian's Chromium; Playwright's own browsers are not needed."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

# As root, as in most containers, Chromium has no sandbox. It finds no other machine, whatever a page asks.
OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--no-proxy-server",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class Missing(Exception):
    """There is no Chromium."""


@contextmanager
def launched():
    program = shutil.which("chromium")
    if program is None:
        raise Missing("there is no chromium here: apt-get install chromium fonts-liberation, as tests/run does")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()
