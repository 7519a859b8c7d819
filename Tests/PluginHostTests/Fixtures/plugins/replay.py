"""Says what the plugin of a transcript said, and ends with status 9 where the host does not say what the host said there.

Not compared are ids, the host's name and version, and the settings, which name the transcript.
"""
import json
import sys


def comparable(message):
    message = {key: value for key, value in message.items() if key != "id"}
    params = dict(message.get("params", {}))
    for key in ("host", "config", "instance", "id"):
        params.pop(key, None)
    return {**message, "params": params}


first = json.loads(sys.stdin.readline())
with open(first["params"]["config"]["transcript"], encoding="utf-8") as lines:
    entries = [json.loads(line) for line in lines]
messages = [(entry["from"], entry["message"]) for entry in entries if "message" in entry]
ids = {}
incoming = [first]
for speaker, message in messages:
    if speaker == "host":
        actual = incoming.pop() if incoming else json.loads(sys.stdin.readline() or "{}")
        if comparable(actual) != comparable(message):
            print(f"expected {json.dumps(message)}, but the host says {json.dumps(actual)}", file=sys.stderr)
            sys.exit(9)
        if "id" in message:
            ids[message["id"]] = actual["id"]
    else:
        if "id" in message:
            message = {**message, "id": ids[message["id"]]}
        print(json.dumps(message, ensure_ascii=False), flush=True)
sys.stdin.read()
