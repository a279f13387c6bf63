#!/usr/bin/env python3
"""A real SMTP server for the tests, on 127.0.0.1 only.

Prints one line, `listening PORT`, when ready. Each message it accepts is one file in --dir, on disk
before 250 is said, so a test that saw the client succeed may read the folder at once. Exits on
SIGTERM or SIGINT, and when the process that started it is gone, so a test that crashes leaves no
server behind.
"""

import argparse
import asyncio
import os
import signal
import ssl
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dir", required=True, type=Path, help="where accepted messages are stored")
    p.add_argument("--port", type=int, default=0, help="0: any free port")
    p.add_argument("--starttls", nargs=2, metavar=("CERT", "KEY"), help="offer STARTTLS with these PEM files")
    p.add_argument("--require-starttls", action="store_true", help="answer 530 to mail sent in the clear")
    p.add_argument("--refuse", action="append", default=[], metavar="ADDRESS", help="answer 550 to this RCPT")
    p.add_argument("--tempfail-first", type=int, default=0, metavar="N", help="answer 451 to the first N messages")
    p.add_argument(
        "--blocked-while", type=Path, metavar="FLAGFILE", help="while FLAGFILE exists: answer 550 5.7.1 to every sender, as a list of spammers does"
    )
    p.add_argument("--silent-after-data", action="store_true", help="take the message in, drop it, never answer")
    p.add_argument("--hangup-in-data", action="store_true", help="close the connection after a message's first line")
    p.add_argument(
        "--drop-after-accept-file",
        type=Path,
        metavar="FLAGFILE",
        help="while FLAGFILE exists: store the message, then close the connection instead of answering",
    )
    options = p.parse_args()
    if options.require_starttls and not options.starttls:
        p.error("--require-starttls needs --starttls")
    return options


async def never():
    """Wait until the session is cancelled, which aiosmtpd does when the connection is gone."""
    await asyncio.Event().wait()


class Handler:
    def __init__(self, options):
        self.options = options
        self.refused = {address.lower() for address in options.refuse}
        self.tempfails_left = options.tempfail_first
        # A restart on the same folder goes on counting, so that names keep sorting by arrival.
        earlier = [int(f.name.split("-")[0]) for f in options.dir.glob("*-*.eml")]
        self.counter = max(earlier, default=0)

    def store(self, session, envelope):
        self.counter += 1
        name = f"{self.counter:06}-{uuid.uuid4()}"
        temporary = self.options.dir / f".{name}.tmp"
        tls = "yes" if session.ssl is not None else "no"
        with open(temporary, "wb") as f:
            f.write(f"X-Rcpt: {', '.join(envelope.rcpt_tos)}\r\nX-Tls: {tls}\r\n".encode())
            f.write(envelope.content)
            f.flush()
            os.fsync(f.fileno())
        os.rename(temporary, self.options.dir / f"{name}.eml")
        folder = os.open(self.options.dir, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        flag = self.options.blocked_while
        if flag is not None and flag.exists():
            return "550 5.7.1 Service unavailable; client host blocked using a list"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.lower() in self.refused:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.tempfails_left > 0:
            self.tempfails_left -= 1
            return "451 4.3.0 try again later"
        if self.options.silent_after_data:
            await never()
        self.store(session, envelope)
        flag = self.options.drop_after_accept_file
        if flag is not None and flag.exists():
            server.transport.abort()
            await never()
        return "250 OK"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        if self.event_handler.options.hangup_in_data and self.envelope.rcpt_tos:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readuntil(b"\n")
            self.transport.abort()
            await never()
        await super().smtp_DATA(arg)


async def serve(options):
    options.dir.mkdir(parents=True, exist_ok=True)
    parent = os.getppid()
    tls = None
    if options.starttls:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*options.starttls)
    handler = Handler(options)

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for sig in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sig, stop.set)

    def session():
        # The host name is given because looking it up may ask a DNS server, for each session.
        # The long time-out is for --silent-after-data: silence is not to end before the client tires of it.
        return Server(
            handler,
            hostname="localhost",
            tls_context=tls,
            require_starttls=options.require_starttls,
            timeout=3600,
            loop=loop,
        )

    server = await loop.create_server(session, "127.0.0.1", options.port)
    print("listening", server.sockets[0].getsockname()[1], flush=True)
    while not stop.is_set() and os.getppid() == parent:
        try:
            await asyncio.wait_for(stop.wait(), timeout=2)
        except asyncio.TimeoutError:
            pass
    # Sessions still open are cancelled by asyncio.run(); they are not waited for.
    server.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(arguments())))
