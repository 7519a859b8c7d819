#!/usr/bin/env python3
"""How long `docket lint` takes for tables of 10,000 rows by 8 inputs: `make bench-analysis`; the figures stand in docs/lint.md.

Prints, for tables of several shapes, the processor time of loading alone (`docket eval true`) and of `docket lint`, the median
of five runs, and what lint found."""
import os, random, resource, statistics, subprocess, sys, tempfile
from pathlib import Path

ROWS, INPUTS = 10_000, 8
DOCKET = Path(os.environ.get("DOCKET", Path(__file__).resolve().parents[2] / ".build/release/docket"))


def products(random, row):
    """A product in every row, and a few choices."""
    cells = {"t0": f"product-{row // 5}"}
    for column in random.sample(range(2, INPUTS), 3):
        cells[f"c{column}"] = " | ".join(f"v{value}" for value in sorted(random.sample(range(6), random.randint(1, 3))))
    if random.random() < 0.5:
        cells["n1"] = f"{row % 50 * 10}...{row % 50 * 10 + 30}"
    return cells


def ranges(random, row):
    """Ranges of numbers in every input."""
    cells = {}
    for column in range(INPUTS):
        start = random.randrange(100_000)
        cells[f"n{column}"] = f"{start}...{start + random.randrange(1, 20_000)}"
    return cells


def choices(random, row):
    """Few choices and many cells left out: most rows meet many others."""
    return {f"c{column}": f"v{random.randrange(6)}" for column in random.sample(range(INPUTS), 5)}


def complete(random, row):
    """Four choices of ten values, all combinations once."""
    return {f"d{column}": f"v{row // 10 ** column % 10}" for column in range(4)}


SHAPES = {"products": (products, "tnccccccc"), "ranges": (ranges, "nnnnnnnn"), "choices": (choices, "cccccccc"),
          "complete": (complete, "ddddcccc")}
TYPES = {"t": "{type: string}", "n": "{type: integer}", "c": "{type: choice, values: [v0, v1, v2, v3, v4, v5]}",
         "d": "{type: choice, required: true, values: [v0, v1, v2, v3, v4, v5, v6, v7, v8, v9]}"}


def rulebook(folder, shape, hit):
    make, kinds = SHAPES[shape]
    generator = random.Random(7)
    names = [f"{kind}{column}" for column, kind in enumerate(kinds[:INPUTS])]
    fields = "".join(f"  {name}: {TYPES[name[0]]}\n" for name in names)
    (folder / "rules.yaml").write_text(
        f"format: 1\nrulebook: bench\nfields:\n{fields}tables:\n  t:\n    hit: {hit}\n    inputs: [{', '.join(names)}]\n"
        "    outputs: {queue: [q0, q1, q2, q3, q4]}\n    rows: rows.csv\n    otherwise: {queue: q4}\n")
    lines = ["id," + ",".join(names) + ",queue"]
    for row in range(ROWS):
        cells = make(generator, row)
        lines.append(f"R-{row}," + ",".join(cells.get(name, "") for name in names) + f",q{generator.randrange(4)}")
    (folder / "rows.csv").write_text("\n".join(lines) + "\n")


def seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([DOCKET, *command], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(done.stdout + done.stderr)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done.stdout


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for shape in SHAPES:
        for hit in ("first", "unique", "priority", "collect"):
            with tempfile.TemporaryDirectory() as folder:
                rulebook(Path(folder), shape, hit)
                load = statistics.median(seconds("eval", "true", "--rules", folder)[0] for _ in range(runs))
                results = [seconds("lint", folder, "--limit", "1") for _ in range(runs)]
                lint = statistics.median(result[0] for result in results)
                found = results[0][1].strip().splitlines()[-1].split(": ", 1)[1].split(";")[0]
                print(f"{shape:9} {hit:9} load {load:5.2f} s  lint {lint:5.2f} s  analysis {lint - load:5.2f} s  {found}", flush=True)


if __name__ == "__main__":
    main()
