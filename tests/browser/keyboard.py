"""Using a page with the keyboard alone: Tab, Space, Enter, arrows; and whether what has the focus can be seen."""

# The element that has the focus, and what shows it.
FOCUSED = """() => {
    const own = document.activeElement, style = getComputedStyle(own), box = own.getBoundingClientRect();
    const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = text => {
        const [r, g, b] = parts(text).slice(0, 3).map(part => part / 255)
            .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [one, other] = [light(style.outlineColor), light(getComputedStyle(document.body).backgroundColor)];
    return {
        what: own.outerHTML.slice(0, 120),
        outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
        contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05),
        there: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
IS_FOCUSED = "own => own === document.activeElement"
IS_IN_GROUP = "own => own.type === 'radio' && document.activeElement.type === 'radio' && own.name === document.activeElement.name"
# More than any page has to stop at.
STOPS = 80


def go_to(page, target, judged):
    """Presses Tab until an element has the focus. Where judged, every stop on the way has to be seen."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if judged:
            seen(page)
        if target.evaluate(IS_FOCUSED):
            return
        if target.evaluate(IS_IN_GROUP):
            return among(page, target, judged)
    raise AssertionError(f"the keyboard does not reach {target}")


def among(page, target, judged):
    """One Tab reaches a group of radio buttons; arrows choose within it."""
    for _ in range(STOPS):
        page.keyboard.press("ArrowDown")
        if judged:
            seen(page)
        if target.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"no arrow reaches {target}")


def seen(page):
    """An outline of two pixels or more that stands out from the page (WCAG 2.4.7, 1.4.11), on something that is on the screen."""
    own = page.evaluate(FOCUSED)
    if own["what"].startswith("<body"):
        return
    shown = own["outline"] == "solid" and own["width"] >= 2 and own["contrast"] >= 3 and own["there"]
    assert shown, f"the focus cannot be seen: {own}"


def press(page, target, kind, judged):
    """Presses what is no field, or chooses."""
    go_to(page, target, judged)
    if kind in ("radio", "checkbox"):
        if not target.is_checked():
            page.keyboard.press("Space")
    else:
        page.keyboard.press("Space" if kind == "summary" else "Enter")


def fill(page, target, kind, text):
    go_to(page, target, judged=True)
    if kind != "date":
        page.keyboard.type(text)
        return
    # A date's parts stand in the order of the browser's own language, which is not the page's.
    year, month, day = text.split("-")
    for parts in (day + month + year, month + day + year):
        page.keyboard.type(parts)
        if target.input_value() == text:
            return
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
    raise AssertionError(f"{text} could not be typed: {target.input_value()!r}")
