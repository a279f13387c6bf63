#!/usr/bin/env python3
"""read_mail.py DIR: prints the .eml files of a folder as one JSON array, sorted by file name.

A second opinion on the mail we send, by a parser that shares no code with the program.
"""

import json
import sys
from email import message_from_bytes, policy
from pathlib import Path


def clean(text):
    """Half a surrogate pair (a raw byte the parser could not decode) would be JSON that serde refuses."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def header(message, name):
    value = message[name]
    return None if value is None else clean(str(value))


def body(message, subtype, problems):
    part = message.get_body(preferencelist=(subtype,))
    if part is None:
        return None
    charset = part.get_content_charset("us-ascii")
    try:
        text = part.get_payload(decode=True).decode(charset)
    # get_content() would put replacement characters in silently; here that is a defect.
    except (UnicodeDecodeError, LookupError) as error:
        problems.append(f"text/{subtype}: {type(error).__name__}: {error}")
        text = part.get_payload(decode=True).decode("utf-8", "backslashreplace")
    # Lines end in CR LF on the wire; tests compare against LF.
    return text.replace("\r\n", "\n")


def defects(message):
    # Some defects only show when the content is decoded or a header is parsed, so do both first.
    for part in message.walk():
        where = part.get_content_type()
        if not part.is_multipart():
            part.get_payload(decode=True)
        for name, raw in part.raw_items():
            # This server does not offer SMTPUTF8, so a header has to be ASCII; the parser lets it pass.
            if not raw.isascii():
                yield f"{where}: {name}: bytes outside ASCII"
        for name, value in part.items():
            # Unstructured headers, like Subject, keep what was wrong with them in the parse tree only.
            for defect in [*value.defects, *value._parse_tree.all_defects]:
                yield f"{where}: {name}: {type(defect).__name__}: {defect}"
        for defect in part.defects:
            yield f"{where}: {type(defect).__name__}: {defect}"


def read(path):
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    problems = []
    text = body(message, "plain", problems)
    html = body(message, "html", problems)
    # Decoding the same part again reports the same defect again: each is told once, in order.
    problems = list(dict.fromkeys([*problems, *defects(message)]))
    return {
        "file": path.name,
        "rcpt": header(message, "X-Rcpt"),
        "tls": header(message, "X-Tls"),
        "from": header(message, "From"),
        "reply_to": header(message, "Reply-To"),
        "to": header(message, "To"),
        "subject": header(message, "Subject"),
        "date": header(message, "Date"),
        "message_id": header(message, "Message-ID"),
        "auto_submitted": header(message, "Auto-Submitted"),
        "list_unsubscribe": header(message, "List-Unsubscribe"),
        "content_types": [part.get_content_type() for part in message.walk() if not part.is_multipart()],
        "text": None if text is None else clean(text),
        "html": None if html is None else clean(html),
        "defects": [clean(p) for p in problems],
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: read_mail.py DIR")
    print(json.dumps([read(f) for f in sorted(Path(sys.argv[1]).glob("*.eml"))]))
