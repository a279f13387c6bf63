"""Paints letters as a telephone shows them, light and dark, so that somebody can look at them. No test.

    cd tests && ../target/tools/venv/bin/python -m browser.shots FOLDER_OF_LETTERS FOLDER_OF_PICTURES

paints the HTML part of every .eml file. Pages are painted on the way through their story:

    RETTEMATCH_SHOTS=FOLDER_OF_PICTURES cargo nextest run browser::
"""

import sys
from email import message_from_bytes, policy
from pathlib import Path

from browser import chromium, look


def paint(page, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True)


def letters(folder, pictures):
    with chromium.launched() as browser:
        for scheme in look.SCHEMES:
            context = look.context(browser, "telephone", scheme, "da", scripts=False)
            page = context.new_page()
            for file in sorted(folder.glob("*.eml")):
                message = message_from_bytes(file.read_bytes(), policy=policy.default)
                page.set_content(message.get_body(preferencelist=("html",)).get_content())
                paint(page, pictures / f"{file.stem}-{scheme}.png")
            context.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    letters(Path(sys.argv[1]), Path(sys.argv[2]))
