"""What was measured, as Markdown tables that are also read on a terminal."""
import math, unicodedata
from contestants import R4

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def table(header, rows):
    cells = [header] + [["" if c is None else str(c) for c in row] for row in rows]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    line = lambda row: "| " + " | ".join(pad(c, w, i == 0) for i, (c, w) in enumerate(zip(row, widths))) + " |"
    rule = "|" + "|".join(("-" * (w + 2)) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(cells[0]), rule] + [line(row) for row in cells[1:]])


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text, size, left):
    space = " " * (size - width(text))
    return text + space if left else space + text


def rounded(number, digits=3):
    """A number to so many significant digits, with thousands separators."""
    if number is None:
        return None
    places = digits - 1 - math.floor(math.log10(number)) if number > 0 else 0
    return f"{round(number, places):,.{max(0, places)}f}"


def engines(measured, docket, contestants):
    """One row a contestant: start-up, throughput, memory, and by how much docket is faster."""
    used = [n for n in SIZES if any(measured.has(c.name, 50, n) and n in c.sizes for c in contestants)]
    header = ["engine", "scope", "start-up ms"] + [f"tickets/s, {n:,}" for n in used] + ["peak MB", "docket is"]
    return table(header, [engine(measured, docket, c, used) for c in contestants])


def engine(measured, docket, c, used):
    nets = {n: measured.net(c.name, 50, n) for n in used if n in c.sizes}
    start = measured.cpu(c.name, 50, 1) * 1000 if measured.has(c.name, 50, 1) else None
    memory = [measured.megabytes(c.name, 50, n) for n in c.sizes if measured.has(c.name, 50, n)]
    return [c.name, c.scope, rounded(start)] + [rounded(1 / nets[n]) if nets.get(n) else None for n in used] + [
        rounded(memory[-1]) if memory else None, times_as_fast(measured, docket, nets)]


def times_as_fast(measured, docket, nets):
    """Docket's throughput over the other's at the largest size that both ran; the nearest size of docket's for small ones."""
    for n in sorted((n for n, net in nets.items() if net), reverse=True):
        own = measured.net(docket.name, 50, n) or measured.net(docket.name, 50, 100_000)
        return f"{rounded(nets[n] / own)} x" if own else None


def tables(measured, contestants):
    """Cost of a ticket by the size of the routing table."""
    header = ["engine", "tickets"] + [f"us, {r:,} rows" for r in R4] + ["largest : 50", "start-up ms, largest"]
    return table(header, [row for row in (by_rows(measured, c) for c in contestants if c.row_sizes) if row])


def by_rows(measured, c):
    n = max((n for name, _, n in measured.laps if name == c.name and n <= c.row_tickets), default=1)
    nets = {r: measured.net(c.name, r, n) for r in c.row_sizes}
    nets = {r: net for r, net in nets.items() if net}
    if 50 not in nets:
        return None
    last = max(nets)
    return [c.name, f"{n:,}"] + [rounded(nets[r] * 1e6) if r in nets else None for r in R4] + [
        f"{nets[last] / nets[50]:.2f}", rounded(measured.cpu(c.name, last, 1) * 1000)]


def jobs(measured, dockets):
    """Docket with one job and with several, at the largest size."""
    rows = []
    for c in dockets:
        n = max((n for name, rows, n in measured.laps if name == c.name and rows == 50), default=1)
        if n > 1 and measured.has(c.name, 50, n):
            wall, cpu = measured.wall(c.name, 50, n), measured.cpu(c.name, 50, n)
            rows.append([c.name, f"{n:,}", f"{wall:.2f}", f"{cpu:.2f}", rounded(n / wall), rounded(measured.megabytes(c.name, 50, n))])
    return table(["", "tickets", "wall s", "CPU s", "tickets/s of wall", "peak MB"], rows)


def failures(measured):
    return "\n".join(f"- failed: {name}, {rows:,} routing rows, {n:,} tickets: {text}" for (name, rows, n), text in measured.failures.items())


def report(measured, dockets, peers):
    """`dockets`: with one job, which the peers are compared with, then with several."""
    contestants = dockets[:1] + peers
    parts = ["CPU seconds of one core, medians, net of start-up; 50 routing rows. Scope D: decisions without due instants.",
             engines(measured, dockets[0], contestants),
             "Cost of a ticket by the number of routing rows:", tables(measured, contestants),
             "Wall-clock time:", jobs(measured, dockets), failures(measured)]
    return "\n\n".join(part for part in parts if part)
