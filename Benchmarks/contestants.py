"""Who is measured, on what, and what each needs to run."""
import shlex, shutil
from dataclasses import dataclass

R2, R3, R4 = (50, 300), (50, 300, 3000), (50, 300, 3000, 10000)
BIG, MID, SMALL = (100_000, 1_000_000), (100_000,), (10_000,)
NEUTRAL = "data/rules_{rows}.json data/t{tickets}.ndjson {out}"
NODE = "node peers/node_peer.mjs data/rules_{rows}.json data/worktime.json data/t{tickets}.ndjson {out}"
FLOOR = "C++ by hand (the floor)"


@dataclass(frozen=True)
class Contestant:
    name: str
    command: str                     # with {rows}, {tickets} and {out}; run in the work folder
    scope: str                       # F: full work; D: decisions, without due instants and breaches
    sizes: tuple                     # ticket counts with the 50-row routing table
    row_tickets: int = 0             # ticket count for the routing tables of `row_sizes`
    row_sizes: tuple = ()
    needs: str = ""                  # "build NAME", "module NAME PACKAGE" or "program NAME"
    fast: bool = False

    def arguments(self, rows, tickets, out):
        return [part.format(rows=rows, tickets=tickets, out=out) for part in shlex.split(self.command)]

    def jobs(self, largest):
        """(routing rows, tickets): one ticket for the start-up, then the sizes up to `largest`, then the routing tables."""
        jobs = {(50, 1)} | {(50, min(n, largest)) for n in self.sizes}
        return jobs | {(r, n) for r in self.row_sizes for n in (1, min(self.row_tickets, largest))}


def python(script, mode="", wrapper=""):
    return f"{wrapper} venv/bin/python peers/{script} {NEUTRAL} {mode}"


PEERS = [
    Contestant(FLOOR, f"build/ref_hand {NEUTRAL} full", "F", BIG, 100_000, R4, "build ref_hand", True),
    Contestant("C++ by hand, UTF-8 checked", f"build/ref_hand {NEUTRAL} validate", "F", BIG, needs="build ref_hand", fast=True),
    Contestant("C++ over simdjson", f"build/ref_simdjson {NEUTRAL} full", "F", BIG, needs="build ref_simdjson", fast=True),
    Contestant("DuckDB", python("duckdb_peer.py", "1"), "F", BIG, 100_000, R4, "module duckdb duckdb", True),
    Contestant("Node.js by hand", f"{NODE} memo", "F", BIG, 10_000, R4, "program node", True),
    Contestant("zen-engine, tables only", python("zen_peer.py", "bare"), "D", MID, 10_000, R4, "module zen zen-engine", True),
    Contestant("zen-engine, checks and time by the host", python("zen_peer.py", "host"), "F", MID, needs="module zen zen-engine", fast=True),
    Contestant("Polars", python("polars_peer.py", wrapper="env POLARS_MAX_THREADS=1"), "F", BIG, 100_000, R4, "module polars polars"),
    Contestant("Python by hand", python("py_plain.py", "memo"), "F", BIG, 10_000, R4),
    Contestant("SQLite", python("sqlite_peer.py"), "F", MID, 10_000, R4, "module sqlite3 sqlite3"),
    Contestant("datalogic (JSON Logic, Rust)", python("jsonlogic_peer.py", "datalogic"), "D", MID, 10_000, R4, "module datalogic_py datalogic-py"),
    Contestant("jsonlogic-rs", python("jsonlogic_peer.py", "rs"), "D", SMALL, 1_000, R3, "module jsonlogic_rs jsonlogic-rs"),
    Contestant("cel-cpp, checks by the host", python("cel_peer.py", "cpp-tables"), "D", MID, 1_000, R4, "module cel_expr_python cel-expr-python"),
    Contestant("cel-cpp", python("cel_peer.py", "cpp"), "D", SMALL, needs="module cel_expr_python cel-expr-python"),
    Contestant("cel-python", python("cel_peer.py", "py"), "D", (1_000,), needs="module celpy cel-python"),
    Contestant("CLIPS", python("clips_peer.py"), "D", SMALL, 1_000, R4, "module clips clipspy"),
    Contestant("durable_rules", python("durable_peer.py"), "D", SMALL, 1_000, R2, "module durable durable_rules"),
    Contestant("rego-cpp", python("regopy_peer.py"), "D", (1_000,), needs="module regopy regopy"),
]


def docket(path, now, jobs=1):
    """The engine itself: its decision lines hold more than the peers' result lines."""
    command = (f"{shlex.quote(str(path))} check --rules rulebooks/{{rows}} --format ndjson --jobs {jobs} --as-of {now} "
               "--fail-on never --output {out} data/t{tickets}.ndjson")
    if jobs == 1:
        return Contestant("docket", command, "F", BIG, 100_000, R4)
    return Contestant(f"docket, {jobs} jobs", command, "F", BIG[-1:])


def installed(workload, which):
    """The peers of `which` (all, fast or none) that are there or can be installed; says which cannot."""
    wanted = [p for p in PEERS if which == "all" or which == "fast" and p.fast]
    available = {need: can_run(workload, need) for need in dict.fromkeys(p.needs for p in wanted)}
    for need in (n for n, there in available.items() if not there):
        print(f"left out, not installed: {need}", flush=True)
    return [p for p in wanted if available[p.needs]]


def can_run(workload, need):
    kind, *names = need.split() or [""]
    if kind == "build":
        return workload.build(*names)
    if kind == "module":
        return workload.install_module(*names)
    return kind == "" or shutil.which(names[0]) is not None
