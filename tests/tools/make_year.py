#!/usr/bin/env python3
"""Prints a course file of one consultant's caseload over a year: 60 made-up citizens, about 33 internships running at a time.

Most goes well; some of it is late, unanswered, extended, broken off, objected to or recorded late, as the shares below say. The same
arguments give the same file. CPR numbers are test numbers (day + 60), CVR numbers begin with 99 and belong to nobody. The courses begin
some months before the year, so that it begins with a running caseload.

With --written-down the consultant also writes down what is known before anybody asks: the next step, a skill that has moved, and the
date to which an extension moves the company's decision.

    python3 tests/tools/make_year.py > year.json
    rettematch replay --summary --from 2025-01-01 --to 2025-12-31 year.json
"""

import argparse
import json
import random
from datetime import date, timedelta

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
# Courses begin so many days before the year at the earliest.
BEFORE = 120

# What becomes of an internship, in percent of internships.
EXTENDED = {0: 60, 1: 27, 2: 10, 3: 3}
HIRED, BROKEN_OFF = 15, 8
LATE_CONFIRMED, RECORDED_LATE, OBJECTED, UNANSWERED = 12, 15, 4, 30
# Internships whose next step is written down three weeks before the end; trainings in which a skill has moved at half.
PLANNED, LEARNS = 50, 70
# Of all hires: those whose check finds the job lost; of all checks: those held late.
LOST, CHECKED_LATE = 12, 25
# Weeks of an internship, and between two of them.
LENGTHS, GAPS = [4, 8, 13, 13, 13], [1, 2, 3, 4, 5, 6, 7, 10]
TYPES = ["clarification", "training", "training", "recruitment", "recruitment"]

# Occupation, industry.
TRADES = [
    ("warehouse", "521000"), ("shop", "471120"), ("office", "841100"), ("kitchen", "561010"), ("cleaning", "812100"),
]
FIRST_NAMES = "Anna Bo Clara Dan Eva Finn Gry Hans Ida Jan Karen Lars Mette Niels Oda Per Rikke Søren Tina Ulla".split()
LAST_NAMES = ["Prøve", "Eksempel", "Opdigtet"]


def days(count):
    return timedelta(days=count)


def monday(day):
    """The day itself where it is a Monday, else the next Monday."""
    return day + days(-day.weekday() % 7)


def at_work(day):
    """The day itself, or the Friday before a weekend."""
    return day - days(max(0, day.weekday() - 4))


def cvr(number):
    """The first number from 99,100,000 + 100 × number on whose check digit fits."""
    weights = [2, 7, 6, 5, 4, 3, 2, 1]
    candidate = 99_100_000 + 100 * number
    while sum(int(digit) * weight for digit, weight in zip(str(candidate), weights)) % 11:
        candidate += 1
    return str(candidate)


def companies():
    """Forty workplaces, eight of a trade, each its own company."""
    made = []
    for number in range(40):
        occupation, industry = TRADES[number % len(TRADES)]
        made.append((occupation, {
            "ref": f"company-{number + 1}", "cvr": cvr(number), "p_number": f"10991{number:05}", "name": f"Virksomhed {number + 1}",
            "industry": industry, "ordinary_fte": [["2024-01", 20 + 7 * number % 60]], "foresees_vacancy": True,
        }))
    return made


class Course:
    """One citizen's course: internships one after the other, from a day until the year is over."""

    def __init__(self, number, chance, workplaces, until, written_down):
        self.chance, self.until, self.events = chance, until, []
        # Of its own, so that everything else is the same with it and without.
        self.written = random.Random(f"written/{number}") if written_down else None
        self.occupation = TRADES[number % len(TRADES)][0]
        self.workplaces = [place for occupation, place in workplaces if occupation == self.occupation]
        chance.shuffle(self.workplaces)
        self.used = []
        self.name = f"{FIRST_NAMES[number % 20]} {LAST_NAMES[number // 20 % 3]}"
        born = date(1965, 1, 4) + days(211 * number % 11_000)
        self.cpr = f"{born.day + 60:02}{born:%m%y}-{number + 1:04}"

    def is_one_of(self, percent):
        return self.chance.random() * 100 < percent

    def writes(self, percent):
        return self.written is not None and self.written.random() * 100 < percent

    def add(self, on, do, **rest):
        self.events.append({"on": on.isoformat(), "do": do, **rest})

    def play(self, begins):
        day = begins
        for turn, place in enumerate(self.workplaces):
            if day > self.until:
                return
            self.used.append(place)
            ended, works = self.internship(turn, place["ref"], day)
            if works:
                return
            day = ended + days(7 * self.chance.choice(GAPS))

    def internship(self, turn, place, day):
        """Books one and plays it; the last day, and whether work came of it."""
        name = f"i{turn + 1}"
        start = monday(day)
        booked = at_work(start - days(self.chance.choice([9, 12, 16, 20])))
        end = start + days(7 * self.chance.choice(LENGTHS) - 3)
        kind = self.chance.choice(TYPES)
        booking = {"internship": name, "company": place, "type": kind, "occupation": self.occupation,
                   "start": start.isoformat(), "end": end.isoformat(), "hours": self.chance.choice([12, 15, 20, 25])}
        decision = at_work(end - days(14))
        if kind == "recruitment":
            booking["prospect"] = {"position": "Medarbejder", "weekly_hours": 25, "must_be_able_to": ["Arbejde alene"],
                                   "decision_on": max(decision, start + days(7)).isoformat()}
        if kind == "clarification":
            booking["questions"] = [f"Kan jeg arbejde her fast? ({turn + 1})"]
        learns = kind == "training" and self.writes(LEARNS)
        if learns:
            booking["skills"] = [{"skill": "Opgaverne", "now": 2, "target": 4}]
        if turn >= 2:
            booking["series_reason"] = "Der er en konkret plan for, hvad praktikken skal føre til"
        booking["company_record_reason"] = "Virksomheden har en ny leder og en konkret stilling"
        self.add(booked, "book", **booking)
        self.begin(name, booked, start)
        if learns:
            half = at_work(start + (end - start) // 2 - days(3))
            self.add(half, "follow-up", internship=name, phase="progression", skills=[{"skill": "Opgaverne", "now": 3}])
        last = self.extend(name, kind, start, end, decision)
        if self.writes(PLANNED):
            self.add(at_work(max(last - days(21), start)), "next-step", internship=name)
        return self.finish(name, kind, start, last)

    def begin(self, name, booked, start):
        """Most have their start implied; some confirm late, and a few object first."""
        if self.is_one_of(OBJECTED):
            self.add(booked + days(3), "object", internship=name, by="citizen", text="Timerne passer ikke med min bus")
            self.add(booked + days(5), "confirm", internship=name, by="citizen")
        elif self.is_one_of(LATE_CONFIRMED):
            late = start + days(self.chance.choice([0, 1, 2, 3, 7]))
            self.add(late, "start", internship=name)

    def extend(self, name, kind, start, end, decision):
        """Extends it as often as chance says; the last day agreed."""
        times = self.chance.choices(list(EXTENDED), list(EXTENDED.values()))[0]
        for number in range(1, times + 1):
            to = min(end + days(7 * self.chance.choice([4, 8, 13])), start + days(181))
            if to <= end + days(6):
                break
            if kind == "recruitment" and not self.is_one_of(UNANSWERED):
                self.add(decision, "company-answers", internship=name, answer="more-time", text="Vi vil se det an")
            papers = {"reason": "Målet er ikke nået endnu"}
            until = at_work(to - days(10))
            moves = number >= 2 or (kind == "recruitment" and self.written is not None)
            if moves:
                papers["hiring_decision_on"] = until.isoformat()
            if number >= 3:
                papers |= {"commitment": "Vi ansætter, når opgaverne løses", "approved_by": "team-leader"}
            self.add(at_work(end - days(self.chance.choice([3, 5, 8, 11]))), "extend", internship=name, to=to.isoformat(), **papers)
            end, decision = to, until if moves else decision
        return end

    def finish(self, name, kind, start, last):
        recorded = last + days(7 if self.is_one_of(RECORDED_LATE) else 0)
        if self.is_one_of(BROKEN_OFF):
            broken = at_work(start + (last - start) // 2)
            # What would have come later does not.
            self.events = [event for event in self.events if event.get("internship") != name or event["on"] <= broken.isoformat()]
            self.add(broken, "end", internship=name, outcome="broken-off", by="citizen")
            return broken, False
        if self.is_one_of(HIRED * (2 if kind == "recruitment" else 0.5)):
            hired = at_work(last - days(4))
            first = last + days(3)
            outcome, hours = self.chance.choice([("ordinary-part-time", 20), ("ordinary-full-time", 37), ("flex-job", 12)])
            if kind == "recruitment" and not self.is_one_of(UNANSWERED):
                self.add(at_work(hired - days(3)), "company-answers", internship=name, answer="hire")
            self.add(hired, "end", internship=name, outcome=outcome, first_day=first.isoformat(), weekly_hours=hours)
            for weeks in (13, 26):
                late = 10 if self.is_one_of(CHECKED_LATE) else 0
                lost = self.is_one_of(LOST)
                self.add(at_work(first + days(7 * weeks + late)), "retention", of=name, held=not lost)
                if lost:
                    return first + days(7 * weeks + late), False
            return last, True
        if kind == "recruitment" and not self.is_one_of(UNANSWERED):
            self.add(at_work(last - days(8)), "company-answers", internship=name, answer="no", text="Der er ingen stilling nu")
        self.add(recorded, "end", internship=name, outcome="no-job", last_day=last.isoformat())
        return max(last, recorded), False

    def case(self, number):
        return {
            "case": f"borger-{number + 1}",
            "citizen": {"ref": "B", "cpr": self.cpr, "name": self.name, "target_group": self.chance.choice(["3", "3", "7"]),
                        "goals": [{"own_words": "Et fast job", "occupations": [self.occupation]}], "hours_capacity": 37},
            "companies": self.used,
            # In order of days; what happens on one day stays in its order.
            "events": sorted(self.events, key=lambda event: event["on"]),
            "expected": [],
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--citizens", type=int, default=60)
    parser.add_argument("--months", type=int, default=12, help="of 2025 until which internships begin")
    parser.add_argument("--written-down", action="store_true")
    parser.add_argument("--seed", type=int, default=2025)
    wanted = parser.parse_args()
    until = FIRST + (LAST - FIRST) * wanted.months / 12
    workplaces = companies()
    cases = []
    for number in range(wanted.citizens):
        course = Course(number, random.Random(f"{wanted.seed}/{number}"), workplaces, until, wanted.written_down)
        # A third of the courses begins in the course of the year.
        spread = BEFORE if number % 3 else BEFORE + 240
        course.play(FIRST - days(BEFORE) + days(course.chance.randrange(spread)))
        cases.append(course.case(number))
    print(json.dumps({"about": "Made by tests/tools/make_year.py; nobody in it exists.", "cases": cases}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
