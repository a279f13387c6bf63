"""python -m browser BASE: carries out orders, a line of JSON each, and answers each with a line of JSON.

An answer's `wrong` lists, in sentences, everything that is not as it has to be. `python -m browser` ends with its standard input.
Where RETTEMATCH_SHOTS names a folder, every state that is inspected is painted into it.
"""

import json
import sys

from playwright.sync_api import Error

from browser import chromium
from browser.acts import Actor
from browser.inspection import Inspector


def answer(told):
    print(json.dumps(told), flush=True)


def main(base):
    try:
        with chromium.launched() as browser:
            inspector = Inspector(browser, base)
            orders = {"act": Actor(browser, base).act, "inspect": inspector.inspect, "letter": inspector.letter}
            answer({"wrong": []})
            for line in sys.stdin:
                order = json.loads(line)
                try:
                    answer(orders[order["do"]](order))
                except (AssertionError, Error) as error:
                    answer({"wrong": [str(error)]})
    except chromium.Missing as missing:
        answer({"wrong": [str(missing)]})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m browser BASE")
    main(sys.argv[1].rstrip("/"))
