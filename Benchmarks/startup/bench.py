#!/usr/bin/env python3
"""Start-up beside a program in C that reads the same files: `make bench-startup`; the figures stand in docs/benchmarks.md.

One ticket is checked with the reference rules by the stripped release binary. Beside it, in the same run of hyperfine: the C
program that parses the same files into events (`read_files events`), the one that only reads them (`plain`), and a docket that reads nothing.
Runs are of single processes without a shell. Wall-clock means, and user and system time, which a loaded machine changes less.
Needs hyperfine, cc and libyaml (Debian: hyperfine, gcc, libyaml-dev). `--record` appends to docs/benchmarks.md."""
import argparse, json, shutil, subprocess, sys, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
from bench import machine, record  # noqa: E402

RULES = "rules/technical-service"
AS_OF = "2026-10-12T10:00:00+08:00"
# What docket reads besides the rules: the rulebook's time zone.
ZONE = "/usr/share/zoneinfo/Asia/Shanghai"


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", type=Path, default=PACKAGE / ".build/release/docket", help="the binary (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=200, help="runs of each program (default: %(default)s)")
    parser.add_argument("--record", action="store_true", help="append the results to docs/benchmarks.md")
    return parser.parse_args()


def programs(docket, scratch):
    """The commands by name; the C program is compiled, and docket stripped, into the scratch folder."""
    stripped, reader, ticket = scratch / "docket", scratch / "read_files", scratch / "ticket.ndjson"
    subprocess.run(["strip", "-o", stripped, docket], check=True)
    subprocess.run(["cc", "-O2", "-o", reader, HERE / "read_files.c", "-lyaml"], check=True)
    samples = (PACKAGE / RULES / "samples/tickets.ndjson").read_text(encoding="utf-8")
    ticket.write_text(samples.splitlines(keepends=True)[0], encoding="utf-8")
    check = [stripped, "check", ticket, "--rules", RULES, "--as-of", AS_OF, "--format", "ndjson", "--fail-on", "never"]
    return {
        "C: reads the files": [reader, "plain", RULES, ZONE, ticket],
        "C: parses them into YAML events": [reader, "events", RULES, ZONE, ticket],
        "docket --version": [stripped, "--version"],
        "docket check, one ticket": check,
        "the same, --jobs 1": [*check, "--jobs", "1"],
    }


def measure(commands, runs, scratch):
    """hyperfine's results by name."""
    lines = [" ".join(str(part) for part in command) for command in commands.values()]
    out = scratch / "results.json"
    subprocess.run(["hyperfine", "-N", "--style", "none", "--warmup", "10", "--runs", str(runs), "--export-json", str(out), *lines],
                   cwd=PACKAGE, check=True, stderr=subprocess.DEVNULL)
    return dict(zip(commands, json.loads(out.read_text())["results"]))


def table(results):
    floor = results["C: parses them into YAML events"]
    cpu = {name: 1000 * (result["user"] + result["system"]) for name, result in results.items()}
    base = cpu["C: parses them into YAML events"]
    lines = ["| program | wall ms, median | least | CPU ms, mean | of the C program: wall | least | CPU |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, result in results.items():
        median, least = result["median"], result["min"]
        lines.append(f"| {name} | {1000 * median:.2f} | {1000 * least:.2f} | {cpu[name]:.2f} | {median / floor['median']:.1f} x "
                     f"| {least / floor['min']:.1f} x | {cpu[name] / base:.1f} x |")
    return "\n".join(lines)


def main():
    chosen = options()
    missing = [name for name in ("hyperfine", "cc", "strip") if not shutil.which(name)]
    if missing or not chosen.docket.exists():
        print(f"bench.py: {', '.join(missing) or chosen.docket} is not there", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        commands = programs(chosen.docket.resolve(), scratch)
        read = subprocess.run(commands["C: parses them into YAML events"], cwd=PACKAGE, capture_output=True, text=True, check=True)
        results = measure(commands, chosen.runs, scratch)
    text = f"{machine()}\n\nStart-up with the reference rules and one ticket, {chosen.runs} runs each; the C program: {read.stdout.strip()}.\n\n{table(results)}"
    print(text)
    if chosen.record:
        record(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
