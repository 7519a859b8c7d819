#!/usr/bin/env python3
"""Makes a database by the plugin and tickets by SQL, and says where it is: for `docket plugin check`."""
import json
import os
import sqlite3
import subprocess
import sys
import time

scratch = sys.argv[1]
path = os.path.join(scratch, "tickets.db")
plugin = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "bin", "docket-sqlite")
request = {"jsonrpc": "2.0", "id": "1", "method": "initialize",
           "params": {"protocol": 1, "config": {"path": path, "create": True}}}
with subprocess.Popen([plugin], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
    print(json.dumps(request), file=process.stdin, flush=True)
    answer = process.stdout.readline()
    process.stdin.close()
if '"result"' not in answer:
    sys.exit("the plugin makes no database: " + answer)
with sqlite3.connect(path) as database:
    database.executemany(
        "INSERT INTO tickets (id, json) VALUES (?, ?)",
        ((f"T-{n}", json.dumps({"id": f"T-{n}", "title": "问题"})) for n in range(1203)))
database.close()
print(json.dumps({"path": path}), flush=True)
while True:
    time.sleep(60)
