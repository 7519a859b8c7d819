"""Proof that two programs answer the same, by the shared compare.py."""
import re, subprocess, sys
from contestants import FLOOR, NEUTRAL
from measurement import RunFailed, lap
from workload import HERE, ROUTING_ROWS

FEW, MANY = 1_000, 100_000


def compare(workload, reference, lines, tickets):
    """compare.py's verdict, and whether it covers every ticket and every field."""
    done = subprocess.run([workload.python, "compare.py", reference, lines], cwd=workload.folder, capture_output=True, text=True)
    verdict = done.stdout.strip().partition(": ")[2] or done.stderr.strip()[-500:]
    complete = re.fullmatch(rf"agrees on {tickets} tickets, scope [DF]", verdict) is not None
    return verdict, complete and count(workload, reference) == count(workload, lines) == tickets


def count(workload, name):
    with open(workload.folder / name, "rb") as file:
        return sum(1 for _ in file)


def python_reference(workload, rows, tickets, mode):
    out = f"out/reference_{rows}_{tickets}.ndjson"
    workload.run(workload.python, "peers/py_plain.py", f"data/rules_{rows}.json", workload.tickets(tickets), out, mode)
    return out


def floor_reference(workload, rows, tickets):
    out = f"out/floor_{rows}_{tickets}.ndjson"
    workload.run("build/ref_hand", *NEUTRAL.format(rows=rows, tickets=tickets, out=out).split(), "full")
    return out


def docket_agrees(workload, docket, reference, rows, tickets):
    lap(workload, docket.arguments(rows, tickets, "out/decisions.ndjson"))
    others = subprocess.run([sys.executable, HERE / "lines.py", "out/decisions.ndjson", f"data/rules_{rows}.json", "out/docket.ndjson"],
                            cwd=workload.folder, capture_output=True, text=True)
    if others.returncode:
        return f"its decisions could not be read: {others.stderr.strip()[-500:]}", False
    verdict, complete = compare(workload, reference, "out/docket.ndjson", tickets)
    return "; besides, ".join([verdict] + others.stderr.splitlines()), complete and ", scope F" in verdict


def peer_agrees(workload, peer, reference):
    try:
        lap(workload, peer.arguments(50, FEW, "out/peer.ndjson"))
    except RunFailed as error:
        return f"failed: {error}"
    return compare(workload, reference, "out/peer.ndjson", FEW)[0]


def agree(workload, docket, peers):
    """One line a comparison, and whether docket agrees in all of them; peers that differ are only reported."""
    lines, passed = [], True
    references = {rows: python_reference(workload, rows, FEW, "scan") for rows in ROUTING_ROWS}
    plans = [(rows, FEW, reference, "plain Python") for rows, reference in references.items()]
    for rows in (ROUTING_ROWS[0], ROUTING_ROWS[-1]):
        if any(p.name == FLOOR for p in peers):
            plans.append((rows, MANY, floor_reference(workload, rows, MANY), "C++ by hand"))
        else:
            plans.append((rows, MANY, python_reference(workload, rows, MANY, "memo"), "plain Python"))
    for rows, tickets, reference, source in plans:
        try:
            verdict, complete = docket_agrees(workload, docket, reference, rows, tickets)
        except RunFailed as error:
            verdict, complete = f"failed: {error}", False
        passed = passed and complete
        lines.append(f"docket with {source}, {rows:,} routing rows, {tickets:,} tickets: {verdict}")
        print(lines[-1], flush=True)
    for peer in peers:
        lines.append(f"{peer.name} with plain Python, 50 routing rows, {FEW:,} tickets: {peer_agrees(workload, peer, references[50])}")
        print(lines[-1], flush=True)
    return lines, passed
