"""How somebody looks at a page: screen, colours, language, with scripts or without."""

# The small one is the narrowest that pages are to fit (WCAG 1.4.10).
SCREENS = {
    "large": {"viewport": {"width": 1280, "height": 900}},
    "small": {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
    "telephone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
}
LANGUAGES = ("da", "en")
SCHEMES = ("light", "dark")
# No step of a page takes this long.
PATIENCE = 20_000


def context(browser, screen, scheme, lang, scripts=True):
    """A browser of its own, as if just installed."""
    locale = {"da": "da-DK", "en": "en-GB"}[lang]
    made = browser.new_context(
        **SCREENS[screen], color_scheme=scheme, locale=locale, java_script_enabled=scripts, timezone_id="Europe/Copenhagen"
    )
    made.set_default_timeout(PATIENCE)
    return made
