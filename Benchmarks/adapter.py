#!/usr/bin/env python3
"""adapter.py RULES.json OUTDIR   The benchmark's neutral rule tables as a Docket rulebook.

The neutral form is explained in the shared benchmark's gen.py. One YAML file a section, the routing rows as CSV."""
import csv, json, re, sys
from pathlib import Path

# What gen.py's tickets hold; values that only the rule tables name are added by `choices`.
CHOICES = {
    "type": ["incident", "request", "complaint", "return", "repair", "refund", "inquiry", "change"],
    "urgency": ["low", "medium", "high", "critical"],
    "impact": ["user", "team", "site", "company"],
    "region": ["华东", "华北", "华南", "西南", "西北", "东北", "香港", "新加坡", "日本", "德国", "法国", "美国"],
    "source": ["phone", "email", "web", "portal", "wechat", "api"],
    "state": ["new", "assigned", "in_progress", "pending", "resolved", "closed"],
}
STRINGS = ["id", "product", "assignee", "title", "description", "contact_name", "contact_phone", "contact_email",
           "serial_no", "order_no", "resolution"]
INSTANTS = ["created_at", "responded_at"]
LEVELS = ["P1", "P2", "P3", "P4"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PLAIN = re.compile(r"[A-Za-z0-9_\u4e00-\u9fff]([A-Za-z0-9_.\u4e00-\u9fff |/-]*[A-Za-z0-9_.\u4e00-\u9fff])?")


# ---------------------------------------------------------------- YAML
def scalar(value):
    """A plain scalar where YAML reads it back unchanged anywhere, a quoted one elsewhere."""
    text = str(value)
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def flow(value):
    """A value in flow style, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def block(value, depth, indent=0):
    """Lines of a mapping, or of a list of mappings, in block style down to `depth`, in flow style below it."""
    pad = "  " * indent
    if isinstance(value, list):
        return [f"{pad}- {flow(item)}" for item in value]
    lines = []
    for key, item in value.items():
        if depth > 1 and item and (isinstance(item, dict) or isinstance(item, list) and isinstance(item[0], dict)):
            lines += [f"{pad}{scalar(key)}:"] + block(item, depth - 1, indent + 1)
        else:
            lines.append(f"{pad}{scalar(key)}: {flow(item)}")
    return lines


# ---------------------------------------------------------------- sections
def values(cell):
    """The values of a neutral cell: none for any."""
    return [] if cell is None else [cell] if isinstance(cell, str) else cell


def cell(neutral):
    """A neutral cell in Docket's cell language; a literal must not hold its operator."""
    if any("|" in v for v in values(neutral)):
        raise ValueError(f"a value holds '|': {neutral}")
    return " | ".join(values(neutral))


def cells(inputs, when):
    return {name: cell(c) for name, c in zip(inputs, when) if c is not None}


def choices(rules):
    """Every choice field's values: those of the tickets, then those that only a table names."""
    found = {name: dict.fromkeys(listed) for name, listed in CHOICES.items()}
    for table in ("priority", "minutes", "calendar", "routing"):
        for row in rules[table]["rows"]:
            for name, c in zip(rules[table]["inputs"], row["when"]):
                found.get(name, {}).update(dict.fromkeys(values(c)))
    for check in rules["checks"]:
        for name, listed in check["when"].items():
            found.get(name, {}).update(dict.fromkeys(listed))
    return {name: list(listed) for name, listed in found.items()}


def fields(rules):
    strings = {name: {"type": "string"} for name in STRINGS}
    listed = {name: {"type": "choice", "values": v} for name, v in choices(rules).items()}
    return {"fields": strings | listed | {name: {"type": "instant"} for name in INSTANTS}}


def weekly_hours(weekdays, hours):
    first, last = weekdays[0], weekdays[-1]
    if weekdays == list(range(first, last + 1)):
        return {f"{WEEKDAYS[first - 1]}-{WEEKDAYS[last - 1]}": hours}
    return {WEEKDAYS[day - 1]: hours for day in weekdays}


def calendar(neutral):
    if neutral is None:                                              # around the clock
        return {"time_zone": "UTC", "weekly_hours": {"mon-sun": ["00:00-24:00"]}}
    hours = ["-".join(span) for span in neutral["hours"]]
    result = {"time_zone": neutral["tz"], "weekly_hours": weekly_hours(neutral["weekdays"], hours), "holidays": neutral["holidays"]}
    return result | ({"special_days": {day: hours for day in neutral["workdays"]}} if neutral["workdays"] else {})


def table(neutral, prefix, outcome, outputs=None):
    """A decision table; `outcome` makes a row's outputs of the neutral one. The last row must be the default."""
    *rows, default = neutral["rows"]
    if any(c is not None for c in default["when"]):
        raise ValueError(f"the last row of {prefix} is no default")
    width = len(str(len(rows)))
    head = {"hit": "first", "inputs": neutral["inputs"]} | ({"outputs": outputs} if outputs else {})
    return head | {"rows": [{"id": f"{prefix}-{n:0{width}}"} | cells(neutral["inputs"], row["when"]) | outcome(row["out"])
                            for n, row in enumerate(rows, 1)],
                   "otherwise": outcome(default["out"])}


def priorities(rules):
    return {"priorities": {"levels": LEVELS} | table(rules["priority"], "P", lambda out: {"priority": out})}


def tables(rules):
    calendars = list(rules["calendars"])                             # an output that is a list of values is a choice
    return {"tables": {"minutes": table(rules["minutes"], "M", lambda out: {"minutes": out}, {"minutes": "integer"}),
                       "calendar": table(rules["calendar"], "K", lambda out: {"calendar": out}, {"calendar": calendars})}}


def routing(rules):
    """The section without its rows, and the rows for the CSV file."""
    section = table(rules["routing"], "R", lambda out: out, ["team", "assignee"])
    teams = sorted({row["out"]["team"] for row in rules["routing"]["rows"]})
    return {"routing": section | {"rows": "routing.csv", "teams": {team: {} for team in teams}}}, section["rows"]


def windows(rules):
    """One window a calendar, since a window's calendar is fixed: the calendar table picks the one that applies."""
    result = {}
    for name, neutral in rules["calendars"].items():
        unit = "minutes" if neutral is None else "working minutes"
        target = table(rules["minutes"], f"T-{name}", lambda out: {"target": f"{out} {unit}"})
        result[f"due-{name}"] = {"when": {"calendar": name}, "start": "created_at", "stop": "responded_at", "calendar": name, "target": target}
    return {"windows": result}


def conditions(check):
    return {name: cell(listed) for name, listed in check["when"].items()}


def required_fields(rules):
    """The checks that ask for presence only."""
    return {"required_fields": [{"id": c["id"]} | ({"when": conditions(c)} if c["when"] else {}) | {"fields": [c["field"]]}
                                for c in rules["checks"] if c["pattern"] is None]}


def checks(rules):
    """The checks with a pattern, as text: their expressions stand in block scalars."""
    lines = ["checks:"]
    for c in (c for c in rules["checks"] if c["pattern"] is not None):
        if "'" in c["pattern"]:
            raise ValueError(f"a pattern holds a quote: {c['pattern']}")
        lines.append(f"  - id: {c['id']}")
        if c["when"]:
            lines.append(f"    when: {flow(conditions(c))}")
        lines += ["    expr: |-", f"      has({c['field']}) && {c['field']}.matches(r'{c['pattern']}')", "    severity: error",
                  f"    message: {flow({'en': '{id}: ' + c['field'] + ' is missing or malformed'})}"]
    return lines


# ---------------------------------------------------------------- files
def write(path, lines):
    path.write_text("\n".join(["format: 1"] + lines) + "\n", encoding="utf-8")


def write_routing_rows(path, inputs, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, ["id"] + inputs + ["team", "assignee"], restval="", lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)


def main(rules_path, folder):
    rules, folder = json.loads(Path(rules_path).read_text(encoding="utf-8")), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    section, rows = routing(rules)
    write_routing_rows(folder / "routing.csv", rules["routing"]["inputs"], rows)
    write(folder / "rulebook.yaml", ["rulebook: benchmark", "time_zone: UTC", "language: en"])
    write(folder / "fields.yaml", block(fields(rules), 2))
    write(folder / "calendars.yaml", block({"calendars": {name: calendar(c) for name, c in rules["calendars"].items()}}, 3))
    write(folder / "priorities.yaml", block(priorities(rules), 3))
    write(folder / "tables.yaml", block(tables(rules), 4))
    write(folder / "routing.yaml", block(section, 3))
    write(folder / "windows.yaml", block(windows(rules), 5))
    write(folder / "checks.yaml", block(required_fields(rules), 2) + checks(rules))


if __name__ == "__main__":
    main(*sys.argv[1:])
