"""A desk that takes notices by the ends of their keys."""
import json
import sys

STATUS = {"/no": {"status": "rejected", "error": "no such desk"}, "/later": {"status": "retry", "retryAfterMs": 40}}


config = {}


def result(method, params):
    if method == "initialize":
        config.update(params["config"])
        return {"protocol": 1, "plugin": {"name": "desk", "version": "1.0.0"}, "capabilities": {"resolve": True}}
    if method == "notifier/deliver":
        receipts = []
        for each in params["deliveries"]:
            end = each["key"][each["key"].rfind("/"):] if "/" in each["key"] else ""
            receipts.append({"key": each["key"], **STATUS.get(end, {"status": "delivered"})})
            if end == "/secret":
                receipts[-1] = {"key": each["key"], "status": "rejected", "error": {"message": "no: " + config["token"]}}
        print(len(params["deliveries"]), "deliveries", file=sys.stderr, flush=True)
        return {"results": receipts}
    if method == "notifier/resolve":
        return {"results": [{"key": key, "status": "delivered"} for key in params["keys"]]}
    if method == "check":
        if "token" in config:
            return {"ok": False, "problems": [{"message": config["token"] + " is old", "hint": "renew " + config["token"]}]}
        return {"ok": True, "problems": []}
    return {}


for line in sys.stdin:
    request = json.loads(line)
    if "id" in request:
        answer = {"jsonrpc": "2.0", "id": request["id"], "result": result(request["method"], request.get("params", {}))}
        print(json.dumps(answer), flush=True)
