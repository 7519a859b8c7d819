#!/usr/bin/env python3
"""Docket beside a hand-written floor and other engines, on the same tickets and rules.  See README.md.

bench.py            prepare, agree and measure
bench.py prepare    copy the shared benchmark, make tickets and rulebooks, install the peers
bench.py agree      prepare, and prove that docket's results equal the reference's
bench.py measure    prepare and measure, without the proof
bench.py expressions   conditions beside the same written by hand in Swift; needs nothing of the above
bench.py profile    docket's functions by instructions, on 20,000 tickets"""
import argparse, datetime, json, os, subprocess, sys
from pathlib import Path
from agreement import FEW, MANY, agree
from contestants import docket, installed
from measurement import measure
from profiling import profile
from report import report
from workload import HERE, PACKAGE, Missing, Workload

RECORD = PACKAGE / "docs/benchmarks.md"


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", nargs="?", default="all", choices=["all", "prepare", "agree", "measure", "profile", "expressions"])
    parser.add_argument("--docket", type=Path, default=PACKAGE / ".build/release/docket", help="the binary (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=HERE / "out", help="scratch folder, about 2 GB (default: %(default)s)")
    parser.add_argument("--peers", default="fast", choices=["all", "fast", "none"], help="whom to measure beside docket (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds, of which the medians count (default: %(default)s)")
    parser.add_argument("--largest", type=int, default=1_000_000, help="leave out sizes above this many tickets (default: %(default)s)")
    parser.add_argument("--record", action="store_true", help=f"append the results to {RECORD.relative_to(PACKAGE)}")
    parser.add_argument("--tool", choices=["valgrind", "perf"], help="for profile (default: valgrind if installed)")
    return parser.parse_args()


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), "unknown CPU")
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=PACKAGE, capture_output=True, text=True).stdout.strip()
    load = " ".join(f"{x:.1f}" for x in os.getloadavg())
    return f"{model}, {os.cpu_count()} cores, load average {load}; Docket {commit or 'of no commit'}"


def record(text):
    """Appends a dated section; the file begins with what its numbers mean."""
    RECORD.parent.mkdir(exist_ok=True)
    if not RECORD.exists():
        RECORD.write_text("# Benchmarks\n\nMeasured by `Benchmarks/bench.py`; its README explains the workload and the columns.\n", encoding="utf-8")
    with RECORD.open("a", encoding="utf-8") as file:
        file.write(f"\n## {datetime.date.today().isoformat()}\n\n{text}\n")


def prepared(chosen):
    """The work folder with all that the action needs, and the peers that are there."""
    workload = Workload(chosen.work)
    measured = [] if chosen.action == "agree" else [n for n in (10_000, 1_000_000) if n <= chosen.largest]
    workload.prepare([1, FEW, MANY] + measured)
    return workload, installed(workload, chosen.peers)


def now(workload):
    return json.loads((workload.folder / "data/rules_50.json").read_text(encoding="utf-8"))["now"]


def expressions(program):
    """The ratios of compiled expressions to functions by hand, as that program prints them."""
    if not program.exists():
        raise Missing(f"{program}: no such program; build it with `make bench`")
    result = subprocess.run([str(program)], capture_output=True, text=True)
    if result.returncode != 0:
        raise Missing(f"{program}: exit code {result.returncode}: {result.stderr.strip()[-500:]}")
    return "Conditions beside the same written by hand in Swift, p50 on one core:\n\n" + result.stdout.strip()


def finish(chosen, parts, passed):
    text = "\n\n".join(parts)
    print("\n" + text)
    if chosen.record:
        record(text)
    return 0 if passed else 1


def run(chosen):
    contest = chosen.docket.resolve().parent / "ExpressionBenchmark"
    if chosen.action == "expressions":
        return finish(chosen, [machine(), expressions(contest)], True)
    workload, peers = prepared(chosen)
    if chosen.action == "prepare":
        return 0
    binary = chosen.docket.resolve()
    if not binary.exists():
        raise Missing(f"{binary}: no such program; build it with `make build`, or name it with --docket")
    own, parts, passed = docket(binary, now(workload)), [machine()], True
    if chosen.action == "profile":
        parts.append("```\n" + profile(workload, own, chosen.tool).strip() + "\n```")
    if chosen.action in ("all", "agree"):
        lines, passed = agree(workload, own, peers)
        parts.append("\n".join(f"- {line}" for line in lines))
    if chosen.action in ("all", "measure"):
        dockets = [own, docket(binary, now(workload), 2)]
        parts.append(report(measure(workload, dockets + peers, chosen.rounds, chosen.largest), dockets, peers))
        parts.append(expressions(contest))
    return finish(chosen, parts, passed)


def main():
    try:
        return run(options())
    except Missing as missing:
        print(f"bench.py: {missing}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
