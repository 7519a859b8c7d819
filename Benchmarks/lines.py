#!/usr/bin/env python3
"""lines.py DECISIONS.ndjson RULES.json OUT.ndjson   Docket's decisions as the lines that the shared compare.py reads.

Findings of other rules than the benchmark's checks and windows are no part of the comparison; they are counted on standard error."""
import json, sys
from collections import Counter
from datetime import datetime, timezone
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def utc(instant):
    """RFC 3339 with any offset -> whole seconds with Z, as the peers write it."""
    return datetime.fromisoformat(instant).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def line(decision, order, others):
    """`order`: the checks' ids -> their place; `others` counts the findings of other rules."""
    calendar = decision["tables"]["calendar"]["calendar"]
    window = next(w for w in decision["windows"] if w["id"] == f"due-{calendar}")
    found = {finding["rule"] for finding in decision["findings"]}
    others.update(found - order.keys() - {window["id"]})              # a breach is a finding, too
    return {
        "id": decision["ticket"], "priority": decision["priority"]["level"],
        "minutes": decision["tables"]["minutes"]["minutes"], "calendar": calendar,
        "team": decision["route"]["team"], "assignee": decision["route"]["assignee"],
        "violations": sorted(found & order.keys(), key=order.get),
        "due": utc(window["due_at"]), "breached": window["state"] == "breached",
    }


def main(decisions, rules, out):
    with open(rules, encoding="utf-8") as file:
        order = {check["id"]: n for n, check in enumerate(json.load(file)["checks"])}
    others, dumps = Counter(), json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with open(decisions, encoding="utf-8") as source, open(out, "w", encoding="utf-8") as target:
        for text in source:
            target.write(dumps(line(json.loads(text), order, others)) + "\n")
    for rule, count in others.items():
        print(f"{count} findings of {rule}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
