"""An SMTP server that writes down what it gets, as a mail reader would understand it.

usage: smtp_receiver.py LOG OPTIONS

LOG gets one JSON line a mail. OPTIONS is a JSON object: `certificate` and `key` for STARTTLS, `implicit` for TLS from the first
byte, `user` and `password` for AUTH, `refusals`: the answer for each recipient that is refused, `data`: the answer to any mail.
"""
import asyncio
import email
import email.policy
import json
import ssl
import sys

import until_parent_ends  # noqa: F401
from aiosmtpd.smtp import SMTP, AuthResult

log_path, options = sys.argv[1], json.loads(sys.argv[2])


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusal = options.get("refusals", {}).get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.get("data"):
            return options["data"]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {
            part.get_content_type(): part.get_content().replace("\r\n", "\n")
            for part in message.walk() if not part.is_multipart()
        }
        head = envelope.content.split(b"\r\n\r\n")[0].decode("ascii")
        with open(log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps({
                "peer": session.peer[1], "secure": server.transport.get_extra_info("sslcontext") is not None,
                "user": session.auth_data.decode() if session.authenticated else None,
                "sender": envelope.mail_from, "recipients": envelope.rcpt_tos,
                "headers": {name.lower(): str(value) for name, value in message.items()},
                "lines": head.split("\r\n"), "type": message.get_content_type(),
                "defects": [str(defect) for defect in message.defects],
                "date": message["date"].datetime.isoformat(),
                "text": parts.get("text/plain"), "html": parts.get("text/html"),
            }) + "\n")
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    accepted = (data.login.decode(), data.password.decode()) == (options.get("user"), options.get("password"))
    return AuthResult(success=accepted, handled=False, auth_data=data.login)


async def serve():
    context = None
    if "certificate" in options:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["certificate"], options["key"])
    implicit = options.get("implicit", False)

    def session():
        return SMTP(
            Handler(), hostname="localhost", enable_SMTPUTF8=True, tls_context=None if implicit else context,
            authenticator=authenticate, auth_required="user" in options,
            auth_require_tls=context is not None and not implicit)

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=context if implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
