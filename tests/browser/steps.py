"""What is done on a page, by the words that stand on it: pressing, and filling in."""

import re

from browser import keyboard

PRESSED = "button, a, summary, label"
KIND = "own => own.localName === 'input' ? own.type : own.localName"


def only(found, what):
    """The one that is there. After a key that sent a form, its page may still be on its way."""
    found.first.wait_for()
    found.page.wait_for_load_state()
    assert found.count() == 1, f"{found.count()} {what}"
    return found


def by_words(page, words):
    """What can be pressed and says exactly these words."""
    found = page.locator(PRESSED).filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).filter(visible=True)
    return only(found, f"things to press say {words!r}")


def control(label):
    """What a label stands for."""
    return label.page.locator(f"[id='{label.get_attribute('for')}']")


def press(page, words, by_keyboard, touch, judged=True):
    found = by_words(page, words)
    is_label = found.evaluate("own => own.localName") == "label"
    if by_keyboard:
        target = control(found) if is_label else found
        keyboard.press(page, target, target.evaluate(KIND), judged)
    elif touch:
        found.tap()
    else:
        found.click()
    if is_label:
        assert control(found).is_checked(), f"{words!r} is not chosen"


def fill(page, words, text, by_keyboard):
    label = page.locator("label").filter(has_text=words).filter(visible=True)
    target = control(only(label, f"fields are called {words!r}"))
    if by_keyboard:
        keyboard.fill(page, target, target.evaluate(KIND), text)
    else:
        target.fill(text)
    assert target.input_value() == text, f"{words!r} holds {target.input_value()!r}"


def do(page, step, by_keyboard=False, touch=False):
    """`["press", words]` or `["fill", words of the label, text]`."""
    what, *rest = step
    if what == "press":
        press(page, *rest, by_keyboard, touch)
    else:
        fill(page, *rest, by_keyboard)
    page.wait_for_load_state()
