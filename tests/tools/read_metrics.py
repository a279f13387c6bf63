"""Reads Prometheus' text form from standard input as Prometheus' own Python client does, holds what its conventions say of
names, and prints every family as JSON: name, kind, help, samples."""

import json
import re
import sys

from prometheus_client.parser import text_string_to_metric_families

UNITS = ("seconds", "bytes", "info", "total", "up", "due", "fds", "threads")
text = sys.stdin.read()
assert text.endswith("\n"), "no line end at the end"
names = re.findall(r"^# TYPE (\S+) ", text, re.M)
assert len(names) == len(set(names)), "a family is told twice"
families = []
for family in text_string_to_metric_families(text):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", family.name), family.name
    assert family.documentation, f"{family.name} has no help"
    if family.type == "counter":
        assert f"{family.name}_total" in names, f"the counter {family.name} does not end in _total"
    else:
        assert not family.name.endswith("_total"), f"{family.name} is no counter"
        assert family.name.endswith(UNITS), f"{family.name} ends in no unit"
    seen = set()
    for sample in family.samples:
        key = (sample.name, *sorted(sample.labels.items()))
        assert key not in seen, f"{key} is told twice"
        seen.add(key)
    if family.type == "histogram":
        buckets = {}
        for sample in family.samples:
            rest = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
            if sample.name.endswith("_bucket"):
                buckets.setdefault(rest, []).append((float(sample.labels["le"]), sample.value))
        for rest, all_of in buckets.items():
            assert all_of[-1][0] == float("inf"), f"{family.name}{rest} has no bucket +Inf"
            assert all_of == sorted(all_of), f"{family.name}{rest} does not rise"
    families.append({
        "name": family.name + ("_total" if family.type == "counter" else ""),
        "kind": family.type,
        "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in family.samples],
    })
json.dump(families, sys.stdout)
