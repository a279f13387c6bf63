"""What holds for every page: axe-core's rules for WCAG 2.1 AA, one h1, a language, a title, nothing that has to be scrolled sideways."""

from importlib.resources import files

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDTH = "() => document.documentElement.scrollWidth"
FRAME = "() => [document.querySelectorAll('h1').length, document.documentElement.lang, document.title.trim()]"
# Through the object model: a style element would be refused by the page's policy.
LETTERS = "size => { document.documentElement.style.fontSize = size; }"
SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"


def frame(page, lang):
    """One h1, a title, the language that was asked for."""
    headings, said, title = page.evaluate(FRAME)
    if headings != 1:
        yield f"{headings} h1 elements"
    if said != lang:
        yield f"the page says that it is written in {said!r}, {lang!r} was asked for"
    if not title:
        yield "no title"


def fits(page, when):
    """Nothing is wider than the screen. (A telephone's `innerWidth` grows with what is too wide.)"""
    wide, screen = page.evaluate(WIDTH), page.viewport_size["width"]
    if wide > screen:
        yield f"{when}: {wide} pixels wide on a screen of {screen}"


def fits_enlarged(page):
    """As when a window of 1280 pixels is enlarged to 200 %, and the text once more."""
    before, size = page.viewport_size, page.evaluate(SIZE)
    page.set_viewport_size({"width": 640, "height": 450})
    page.evaluate(LETTERS, f"{2 * size}px")
    yield from fits(page, "enlarged")
    page.evaluate(LETTERS, "")
    page.set_viewport_size(before)


def accessible(page):
    """No violation that axe-core finds. Needs scripts."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    for rule in found["violations"]:
        for node in rule["nodes"]:
            yield f"axe: {rule['id']}: {rule['help']}: {node['html'][:200]} ({node['failureSummary']})"
    if not found["passes"]:
        yield "axe found nothing to judge"
