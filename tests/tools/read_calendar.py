#!/usr/bin/env python3
"""read_calendar.py DIR: prints the calendar entries in the .eml files of a folder as one JSON array, in the order of the files' names.

A second and a third opinion on the entries we send, by two parsers (icalendar, vobject) that share no code with the program, nor with each
other. What is wrong with a file stands in its "problems".
"""

import json
import re
import sys
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import icalendar
import vobject

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Of the UTC offset in Copenhagen, from the rules of the EU, not from any library.
SUMMER, WINTER = timedelta(hours=2), timedelta(hours=1)


def last_sunday(year, month):
    day = datetime(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def offset(moment):
    naive = moment.replace(tzinfo=None)
    summer = last_sunday(naive.year, 3) + timedelta(hours=3) <= naive < last_sunday(naive.year, 10) + timedelta(hours=2)
    return SUMMER if summer else WINTER


def one(found, what, problems):
    if len(found) != 1:
        problems.append(f"{len(found)} {what}")
    return found[0]


def raw_lines(data, problems):
    if not data.endswith(b"\r\n"):
        problems.append("the last line does not end in CR LF")
    for line in data.split(b"\r\n"):
        if b"\r" in line or b"\n" in line:
            problems.append(f"a bare CR or LF: {line!r}")
        if len(line) > 75:
            problems.append(f"{len(line)} octets: {line!r}")


def entry(data, problems):
    raw_lines(data, problems)
    text = data.decode("utf-8")
    calendar = icalendar.Calendar.from_ical(data)
    event = one(calendar.walk("VEVENT"), "events", problems)
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    timed = isinstance(start, datetime)
    if re.findall(r"^DTSTAMP:(.*?)\r$", text, re.M | re.S) != [event.decoded("DTSTAMP").strftime("%Y%m%dT%H%M%SZ")]:
        problems.append("DTSTAMP is not one moment in UTC")
    uid = str(one([event["UID"]] if not isinstance(event["UID"], list) else event["UID"], "UIDs", problems))
    if not UUID.fullmatch(uid):
        problems.append(f"a UID that says something: {uid}")
    if (len(calendar.walk("VTIMEZONE")) == 1) != timed:
        problems.append("a time zone where there is no time, or none where there is one")

    other = vobject.readOne(text)
    their = other.vevent
    told = [str(event["SUMMARY"]), uid, int(event["SEQUENCE"]), str(calendar["METHOD"])]
    read = [their.summary.value, their.uid.value, int(their.sequence.value), other.method.value]
    if told != read:
        problems.append(f"{told} is {read} to the other reader")
    for moment in [start, their.dtstart.value] if timed else []:
        if moment.utcoffset() != offset(moment):
            problems.append(f"{moment.isoformat()} is off by {moment.utcoffset() - offset(moment)}")
    if start != their.dtstart.value or end != their.dtend.value:
        problems.append(f"from {start} to {end} is from {their.dtstart.value} to {their.dtend.value} to the other reader")
    attendee, organizer = event["ATTENDEE"], event["ORGANIZER"]
    return {
        "method": str(calendar["METHOD"]),
        "uid": uid,
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]) if "LOCATION" in event else None,
        "description": str(event["DESCRIPTION"]),
        "attendee": str(attendee).removeprefix("mailto:"),
        "rsvp": str(attendee.params["RSVP"]),
        "organizer": [organizer.params["CN"], str(organizer).removeprefix("mailto:")],
    }


def read(path):
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    problems, files, shown = [], [], []
    for part in message.walk():
        if part.get_content_type() != "text/calendar":
            continue
        found = entry(part.get_payload(decode=True), problems)
        if part["Content-Type"].params.get("method") != found["method"]:
            problems.append(f"the part says {part['Content-Type']}, the entry {found['method']}")
        if part["Content-Type"].params.get("charset") != "utf-8":
            problems.append("the part does not say utf-8")
        name = part.get_filename()
        (files if name else shown).append(found | {"file": name})
    if len(files) == 1 and [entry | {"file": files[0]["file"]} for entry in shown] != files:
        problems.append("one entry is shown as another than is attached")
    if len(files) != 1 and shown:
        problems.append("several entries, and one of them shown")
    return {"to": str(message["To"]), "subject": str(message["Subject"]), "entries": files, "problems": problems}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: read_calendar.py DIR")
    print(json.dumps([read(f) for f in sorted(Path(sys.argv[1]).glob("*.eml"))]))
