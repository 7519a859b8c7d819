#!/usr/bin/env python3
"""How the service bears many open tickets: its start, its memory, an idle second, changes, and the delay of a warning.

"Nothing changes" is a second in which deadlines go on falling due, "nothing due" one of other rules, in which none does.

    python3 Benchmarks/service/bench.py [--tickets N,N,...] [--changes N] [--out FOLDER]

Tickets stand in SQLite, decisions are written back there. The rules are those of rules/technical-service, for the delay of a
warning one deadline that runs day and night. Prints one table.
"""
import argparse
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
SCRATCH = os.path.join(ROOT, ".build", "service-benchmark")
PROGRAM = os.path.join(SCRATCH, "release", "servicemeasurement")
RULES = os.path.join(ROOT, "rules", "technical-service")
ZONE = datetime.timezone(datetime.timedelta(hours=8))
WARNINGS = 200


def ticket(number, submitted, urgency, note=""):
    return json.dumps({
        "id": f"202610-{number:07}", "status": "已提交", "service": "客户服务响应", "source": "客服热线",
        "submitted_at": submitted.isoformat(timespec="seconds"), "urgency": urgency,
        "description": "门店收银端提交订单时报“500 服务器内部错误”，全部门店无法下单，影响约 120 名收银员。" + note,
        "occurred_at": submitted.isoformat(timespec="seconds"), "impact": "核心业务", "affected_users": 120,
        "contact": {"name": "客户联系人*"}, "type": "功能故障", "component": "应用软件",
        "error_message": "HTTP 500: OrderService.submit NullPointerException at line 214",
        "environment": {"system_version": "ERP 8.4.2", "browser": "Chrome 138", "device_model": "联想 ThinkCentre M90t"},
    }, ensure_ascii=False)


def fill(path, count):
    """Open tickets of the last two days, numbered in the order in which they were submitted."""
    if os.path.exists(path):
        return
    subprocess.run([PROGRAM, "make", path + ".part"], check=True)
    generator, now = random.Random(1), datetime.datetime.now(ZONE)
    ages = sorted((generator.randrange(172800) for _ in range(count)), reverse=True)
    with sqlite3.connect(path + ".part") as database:
        database.executemany("INSERT INTO tickets (id, json) VALUES (?, ?)", (
            (f"202610-{n:07}", ticket(n, now - datetime.timedelta(seconds=age), generator.choice("高中低"))) for n, age in enumerate(ages)))
    database.close()
    os.rename(path + ".part", path)


class Service:
    """One run of the program, given its words; `last` is what it said last."""

    def __init__(self, *words):
        self.process = subprocess.Popen(
            [PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.last, self.lag, self.problems = None, 0, []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.last = json.loads(line)
            self.lag = max(self.lag, self.last["lag"])
            self.problems += self.last["problems"]

    def until(self, condition, seconds=600):
        end = time.time() + seconds
        while self.last is None or not condition(self.last):
            if time.time() > end or self.process.poll() is not None:
                sys.exit(f"the service does not come so far: {self.last} {self.problems[:3]}")
            time.sleep(0.02)
        return dict(self.last)

    def end(self):
        begin = time.time()
        self.process.stdin.close()
        self.process.wait()
        return time.time() - begin


def measure(count, changes, out):
    tickets, state = os.path.join(out, f"service-{count}.db"), os.path.join(out, f"service-{count}.state")
    fill(tickets, count)
    forget(state)
    with sqlite3.connect(tickets) as database:
        # Also those that an earlier run brought in to be warned of.
        database.execute("DELETE FROM tickets WHERE number > ?", (count,))
        database.execute("DELETE FROM decisions")
    database.close()
    result = {"tickets": count}
    service = Service("run", RULES, tickets, state)
    first = service.until(lambda said: said["swept"] > 0 and said["written"] >= count)
    result.update(first=first["swept"], first_processor=first["processor"])
    service.end()

    service = Service("run", RULES, tickets, state)
    service.until(lambda said: said["started"] > 0)
    result["again"] = service.last["started"]
    result["unchanged"] = idle(service)
    result.update(change(service, tickets, count, min(changes, count)))
    result["peak"] = max(first["peak"], service.last["peak"]) / 1e6
    result["end"] = service.end()
    result["state"] = os.path.getsize(state) / 1e6
    if service.problems:
        print("problems:", service.problems[:5], file=sys.stderr)
    service = anew(tickets, state, "quiet")
    result["idle"] = idle(service)
    service.end()
    service = anew(tickets, state, "rules")
    result["lag"] = warn(service, tickets, count)
    service.end()
    return result


def anew(tickets, state, rules):
    """A service by other rules that has decided all tickets."""
    forget(state)
    service = Service("run", os.path.join(HERE, rules), tickets, state)
    service.until(lambda said: said["swept"] > 0)
    return service


def forget(state):
    for name in (state, state + "-wal", state + "-shm"):
        if os.path.exists(name):
            os.remove(name)


def idle(service):
    """Milliseconds of the processor a second while nothing changes."""
    time.sleep(3)
    before = dict(service.last)
    time.sleep(20)
    after = dict(service.last)
    return 1000 * (after["processor"] - before["processor"]) / (after["seconds"] - before["seconds"])


def change(service, path, count, changes):
    """Changes so many tickets at once, and waits until their decisions are written."""
    before = dict(service.last)
    numbers = random.Random(2).sample(range(count), changes)
    with sqlite3.connect(path, timeout=60) as database:
        database.executemany(
            "UPDATE tickets SET json = json_set(json, '$.title', ?) WHERE id = ?",
            ((f"x{time.time()}", f"202610-{n:07}") for n in numbers))
    database.close()
    begin = time.time()
    after = service.until(lambda said: said["written"] >= before["written"] + changes)
    processor = after["processor"] - before["processor"]
    return {"changes": changes / (time.time() - begin), "per_core": changes / processor}


def warn(service, path, count):
    """Tickets whose first half of four hours is over within the next seconds; the longest delay in milliseconds."""
    service.lag = 0
    before, now = service.last["delivered"], datetime.datetime.now(ZONE)
    with sqlite3.connect(path, timeout=60) as database:
        for n in range(WARNINGS):
            due = now + datetime.timedelta(seconds=5 + n * 10 // WARNINGS)
            database.execute(
                "INSERT OR REPLACE INTO tickets (id, json) VALUES (?, ?)",
                (f"202610-{count + n:07}", ticket(count + n, due - datetime.timedelta(hours=2), "高")))
    database.close()
    service.until(lambda said: said["delivered"] >= before + WARNINGS, 120)
    return service.lag


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", default="10000,100000,1000000")
    parser.add_argument("--changes", type=int, default=20_000)
    parser.add_argument("--out", default=os.path.join(HERE, "..", "out"), help="where the databases are kept")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    subprocess.run(
        ["swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path", ROOT, "--scratch-path", SCRATCH,
         "--traits", "Service,SQLite", "--product", "servicemeasurement"], check=True, stdout=sys.stderr)
    bare = Service("say")
    print(f"What the program says takes {idle(bare):.2f} ms of the processor a second.\n", flush=True)
    bare.end()
    print("| open tickets | first start s (CPU s) | start again s | nothing changes: CPU ms a second | nothing due: CPU ms a second "
          "| changes/s | changes/s of one core | longest delay of a warning ms | peak MB | state MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for count in map(int, options.tickets.split(",")):
        r = measure(count, options.changes, options.out)
        print(f"| {count:,} | {r['first']:.1f} ({r['first_processor']:.1f}) | {r['again']:.2f} | {r['unchanged']:.2f} | {r['idle']:.2f} | {r['changes']:,.0f} "
              f"| {r['per_core']:,.0f} | {r['lag']} | {r['peak']:.0f} | {r['state']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
