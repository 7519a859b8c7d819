"""CPU seconds of whole processes, in interleaved rounds."""
import os, signal, statistics, subprocess
from dataclasses import dataclass

LIMIT = 400        # wall-clock seconds for one run
ONCE_ABOVE = 15    # CPU seconds: longer runs are steady enough without repetition
STARTS = 3         # one-ticket runs a round: they are short, so they need more of them


@dataclass(frozen=True)
class Lap:
    cpu: float     # seconds, user and system, children included
    wall: float    # seconds
    megabytes: float


class RunFailed(Exception):
    pass


def lap(workload, arguments):
    process = subprocess.Popen(["build/lap", *arguments], cwd=workload.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0)
    try:
        text, errors = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)                       # this run's own process group
        process.communicate()
        raise RunFailed(f"over {LIMIT} s") from None
    user, system, wall, kilobytes, status = text.split() if process.returncode == 0 else ("0", "0", "0", "0", str(process.returncode))
    if status != "0":
        raise RunFailed(f"status {status}: {errors.strip()[-500:]}")
    return Lap(float(user) + float(system), float(wall), float(kilobytes) / 1024)


class Measurements:
    """Every lap by (contestant's name, routing rows, tickets)."""

    def __init__(self):
        self.laps, self.failures = {}, {}

    def add(self, workload, contestant, rows, tickets):
        key = (contestant.name, rows, tickets)
        if self.has_failed(contestant.name, rows, tickets) or self.laps.get(key) and self.cpu(*key) > ONCE_ABOVE:
            return
        try:
            self.laps.setdefault(key, []).append(lap(workload, contestant.arguments(rows, tickets, "out/bench.ndjson")))
        except RunFailed as error:
            self.failures[key] = str(error)
            print(f"FAILED {contestant.name}, {rows} rows, {tickets:,} tickets: {error}", flush=True)

    def has_failed(self, name, rows, tickets):
        """Whether it failed on this job or on a smaller one."""
        return any(failed == name and r <= rows and n <= tickets for failed, r, n in self.failures)

    def has(self, name, rows, tickets):
        return bool(self.laps.get((name, rows, tickets))) and (name, rows, tickets) not in self.failures

    def cpu(self, name, rows, tickets):
        return statistics.median(lap.cpu for lap in self.laps[name, rows, tickets])

    def wall(self, name, rows, tickets):
        return statistics.median(lap.wall for lap in self.laps[name, rows, tickets])

    def megabytes(self, name, rows, tickets):
        return max(lap.megabytes for lap in self.laps[name, rows, tickets])

    def net(self, name, rows, tickets):
        """CPU seconds a ticket, net of a run with one ticket; None where either was not measured."""
        if tickets == 1 or not (self.has(name, rows, tickets) and self.has(name, rows, 1)):
            return None
        seconds = self.cpu(name, rows, tickets) - self.cpu(name, rows, 1)
        return seconds / (tickets - 1) if seconds > 0 else None


def measure(workload, contestants, rounds, largest):
    """Each round runs each job of all contestants once, those on the same job one after the other."""
    result, jobs = Measurements(), {c: c.jobs(largest) for c in contestants}
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", flush=True)
        for rows, tickets in sorted(set().union(*jobs.values()), key=lambda job: (job[1], job[0])):
            for _ in range(STARTS if tickets == 1 else 1):
                for contestant in (c for c in contestants if (rows, tickets) in jobs[c]):
                    result.add(workload, contestant, rows, tickets)
    return result
