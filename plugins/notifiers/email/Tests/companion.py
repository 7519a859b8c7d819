"""Receives mail while the plugin is checked: counts the subjects that arrive, and answers how often one did.

usage: companion.py LOG              prints its settings, then serves until it is ended
       companion.py LOG TITLE        prints how often a subject with TITLE arrived
"""
import asyncio
import email
import email.policy
import json
import os
import sys

log_path = sys.argv[1]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with open(log_path, "a", encoding="utf-8") as log:
            log.write(message["subject"] + "\n")
        return "250 OK"


async def serve():
    from aiosmtpd.smtp import SMTP

    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Handler(), hostname="localhost"), "127.0.0.1", 0)
    print(json.dumps({"host": "127.0.0.1", "port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


if len(sys.argv) == 3:
    subjects = open(log_path, encoding="utf-8").read().splitlines() if os.path.exists(log_path) else []
    print(sum(subject.endswith(sys.argv[2]) for subject in subjects))
else:
    asyncio.run(serve())
