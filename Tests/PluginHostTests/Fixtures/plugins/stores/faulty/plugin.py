"""A store that does what it should not: the fault, and the method at which it happens, are settings."""
import json
import os
import signal
import subprocess
import sys
import time

config = {}


def write(line, slowly=False):
    for start in range(0, len(line), 1 if slowly else len(line)):
        os.write(1, line[start:start + (1 if slowly else len(line))])


def say(message, slowly=False):
    write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n", slowly)


def note(text):
    with open(config["note"], "a") as file:
        file.write(text + "\n")


def log(text):
    os.write(2, text.encode() + b"\n")


def is_due(method):
    """Whether the fault is to happen now; with `once`, the first time only, over all processes."""
    if config.get("at") != method:
        return False
    if "once" in config:
        try:
            os.close(os.open(config["once"], os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
    return True


def misbehave(fault, identity):
    """True where the request is answered already."""
    if fault == "crash":
        log("about to crash")
        os._exit(3)
    if fault == "abort":
        os.kill(os.getpid(), signal.SIGABRT)
    if fault == "mute":
        os.close(1)
        time.sleep(1000)
    if fault == "hang":
        time.sleep(1000)
    if fault == "garbage":
        write(b"connecting to tracker\n")
    if fault == "cut":
        write(b'{"jsonrpc":"2.0","id":"1"')
        os._exit(0)
    if fault == "flood":
        for _ in range(10486):
            log("x" * 99)
    if fault == "child":
        child = subprocess.Popen(["sleep", "1000"])
        note(str(child.pid))
        os._exit(4)
    if fault == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(1000)
    if fault == "twice":
        say({"id": identity, "result": {}})
    if fault == "unknown-id":
        say({"id": "nobody", "result": {}})
    if fault == "long":
        write(b'{"jsonrpc":"2.0","id":"1","result":{"x":"' + b"x" * (9 << 20) + b'"}}\n')
    if fault == "request":
        say({"id": "p1", "method": "host/please", "params": {}})
    if fault == "progress":
        for _ in range(14):
            time.sleep(0.5)
            say({"method": "$/progress", "params": {"id": identity}})
    if fault == "endless-progress":
        while True:
            time.sleep(0.05)
            say({"method": "$/progress", "params": {"id": identity}})
    if fault == "talk":
        log("the password is " + config.get("password", ""))
        say({"method": "$/log", "params": {"level": "info", "message": "still " + config.get("password", "")}})
    kinds = {"transient", "rate-limited", "internal", "permanent", "auth"}
    if fault in kinds:
        data = {"kind": fault, "retryAfterMs": 1, "hint": "ask for " + config.get("password", "it")}
        say({"id": identity, "error": {"code": -32000, "message": "no: " + config.get("password", "why"), "data": data}})
        return True
    shapes = {
        "too-many": {"tickets": [{}] * 2000}, "no-tickets": {}, "same-cursor": {"tickets": [{}], "nextCursor": "0"},
        "versions": {"tickets": [{}], "versions": ["1", "2"]}, "position": {"tickets": [], "malformed": [
            {"position": 1, "line": 1, "message": "x"}]}, "sizes": {"sizes": [2, 9000], "tickets": [{}, {}]},
        "elsewhere": {"tickets": [{"id": "T-x"}], "cursor": "elsewhere", "nextCursor": "further"}}
    if fault in shapes:
        say({"id": identity, "result": shapes[fault]})
        return True
    return False


def answer(method, params):
    if method == "initialize":
        config.update(params["config"])
        return {"protocol": 1, "plugin": {"name": "faulty", "version": "1.0.0"}, "capabilities": ["changes", "write"] + config.get("more", [])}
    if method == "store/list":
        start = int(params.get("cursor", 0)) + params.get("ahead", 0) * params["limit"]
        start = min(start, config.get("count", 100))
        end = min(config.get("count", 100), start + params["limit"])
        result = {"tickets": [{"id": f"T-{n}"} for n in range(start, end)], "source": "faulty", "cursor": str(start)}
        result.update({"versions": [str(n) for n in range(start, end)]})
        result.update({"watermark": "w"} if end == config.get("count", 100) else {"nextCursor": str(end)})
        return result
    if method == "store/get":
        return {"tickets": [], "missing": params["ids"]}
    if method == "store/write":
        say({"method": "store/changed", "params": {}})
        return {"results": [{"ticket": each["ticket"], "status": "written"} for each in params["decisions"]]}
    if method == "check":
        return {"ok": False, "problems": [{"message": "half full", "pointer": "/count", "hint": "fill it"}]}
    if method == "store/describe":
        return {"fields": [{"name": "state", "type": "choice", "values": ["open", "closed"]}]}
    return {}


for line in sys.stdin:
    request = json.loads(line)
    if "id" not in request:
        continue
    method = request["method"]
    result = answer(method, request.get("params", {}))
    occasion = "ahead" if request.get("params", {}).get("ahead") else method
    if is_due(occasion) and misbehave(config["fault"], request["id"]):
        continue
    say({"id": request["id"], "result": result}, slowly=config.get("fault") == "slow")
