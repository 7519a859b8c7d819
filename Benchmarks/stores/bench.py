#!/usr/bin/env python3
"""How fast the stores sqlite and postgresql read, against the libraries that they are made of, in one run.

    make plugins && python3 Benchmarks/stores/bench.py [--tickets N] [--rounds N] [--out FOLDER]

Each round runs all contestants of a database one after the other, each in a process of its own; figures are medians. Exits with
1 where a contestant reads other tickets than the others, or a store, alone or as a process, less than half as fast as its library.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
READER = os.path.join(HERE, ".build", "release", "store-reader")
SERVER = os.path.join(HERE, "..", "..", "plugins", "stores", "postgresql", "Tests", "server.py")

# The way by which each is asked for, and what it is. The libraries' own ways come first; the best of them is the measure.
CONTESTANTS = {
    "sqlite": {
        "sqlite-grdb": "GRDB: cursor of rows, data without copies",
        "sqlite-store": "the store, through the port",
        "sqlite-process": "the store as a process, through the port",
        "sqlite-c": "SQLite's C functions",
    },
    "postgresql": {
        "postgresql-copy": "libpq: binary COPY",
        "postgresql-rows": "libpq: rows one by one",
        "postgresql-store": "the store, through the port",
        "postgresql-process": "the store as a process, through the port",
    },
}
LIBRARY = {"sqlite": ["sqlite-grdb"], "postgresql": ["postgresql-copy", "postgresql-rows"]}


def read(way, place, *more):
    result = subprocess.run([READER, way, place, *more], cwd=HERE, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{way}: {result.stderr.strip()[-500:]}")
    return json.loads(result.stdout)


def measure(database, place, rounds):
    """All readings by contestant; a first round that nobody counts warms the caches."""
    ways = [way for way in CONTESTANTS[database] if is_built(database, way)]
    results = {way: [] for way in ways}
    for number in range(rounds + 1):
        for way in ways:
            reading = read(way, place)
            if number > 0:
                results[way].append(reading)
    return results


def is_built(database, way):
    program = os.path.join(HERE, "..", "..", "plugins", "stores", database, "bin", f"docket-{database}")
    return not way.endswith("-process") or os.path.exists(program)


def report(database, results):
    """Prints a table; false where something is not as it must be."""
    median = {way: statistics.median(r["wall"] for r in readings) for way, readings in results.items()}
    best = min(median[way] for way in LIBRARY[database])
    sums = {(r["tickets"], r["bytes"], r["checksum"]) for readings in results.values() for r in readings}
    tickets, size, _ = next(iter(sums))
    print(f"\n{database}: {tickets:,} tickets of {size // tickets} bytes, load average {os.getloadavg()[0]:.1f}")
    print("| who reads | tickets/s | of the library | CPU s | peak MB |")
    print("|---|---|---|---|---|")
    for way, readings in results.items():
        cpu = statistics.median(r["processor"] + r["pluginProcessor"] for r in readings)
        own, plugin = (max(r[key] for r in readings) / 1e6 for key in ("peak", "pluginPeak"))
        peak = f"{own:.0f} + {plugin:.0f}" if way.endswith("-process") else f"{own:.0f}"
        print(
            f"| {CONTESTANTS[database][way]} | {tickets / median[way]:,.0f} | {best / median[way]:.2f} "
            f"| {cpu:.2f} | {peak} |", flush=True)
    if len(sums) > 1:
        print("they do not read the same tickets")
    stores = [way for way in median if way.endswith(("-store", "-process"))]
    return len(sums) == 1 and all(best / median[way] >= 0.5 for way in stores)


def run_sqlite(options):
    path = os.path.join(options.out, f"tickets-{options.tickets}.db")
    if not os.path.exists(path):
        part = path + ".part"
        for name in (part, part + "-wal", part + "-shm"):
            if os.path.exists(name):
                os.remove(name)
        read("sqlite-make", part, str(options.tickets))
        os.rename(part, path)
    return report("sqlite", measure("sqlite", path, options.rounds))


def run_postgresql(options):
    server = subprocess.Popen(
        [sys.executable, SERVER, "--until-eof", "--no-tls"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline()
        if not line:
            print("\npostgresql: no server, not measured")
            return True
        settings = json.loads(line)
        place = f"{settings['host']}:{settings['port']}"
        read("postgresql-make", place, str(options.tickets))
        return report("postgresql", measure("postgresql", place, options.rounds))
    finally:
        server.stdin.close()
        server.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", default=os.path.join(HERE, "..", "out"), help="where the SQLite file is kept")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    subprocess.run(["swift", "build", "-c", "release", "--package-path", HERE], check=True, stdout=sys.stderr)
    outcomes = [run_sqlite(options), run_postgresql(options)]
    sys.exit(0 if all(outcomes) else 1)


if __name__ == "__main__":
    main()
