"""A DNS of one's own: a table, and the same table as a name server on this machine."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

import dns.message
import dns.rcode
import dns.rrset

from rekindle.mail.records.asking import IPAddress

#: name -> kind -> values, as a zone file has them.
Records = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass
class Table:
    """Answers from a table, and keeps what it was asked."""

    records: Records
    asked: list[str] = field(default_factory=list)

    def txt(self, name: str) -> tuple[str, ...]:
        return self._look(name, "TXT")

    def mx(self, name: str) -> tuple[str, ...]:
        return self._look(name, "MX")

    def addresses(self, name: str) -> tuple[IPAddress, ...]:
        return tuple(map(ip_address, (*self._look(name, "A"), *self._look(name, "AAAA"))))

    def _look(self, name: str, kind: str) -> tuple[str, ...]:
        self.asked.append(f"{kind} {name}")
        return self.records.get(name, {}).get(kind, ())


@contextmanager
def name_server(records: Records) -> Iterator[str]:
    """Serve the table over UDP; yields HOST:PORT. A name of kind `SERVFAIL` fails, one of `SILENT` has no answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(listening, records))
        thread.start()
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as knocking:
                knocking.sendto(b"", listening.getsockname())
            thread.join()


def _serve(listening: socket.socket, records: Records) -> None:
    while True:
        wire, whom = listening.recvfrom(4096)
        if not wire:
            return
        question = dns.message.from_wire(wire)
        answer = dns.message.make_response(question)
        (asked,) = question.question
        found = records.get(asked.name.to_text(omit_final_dot=True).lower())
        if found is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif "SERVFAIL" in found:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif "SILENT" in found:
            continue
        elif values := found.get(asked.rdtype.name):
            answer.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", asked.rdtype, list(values)))
        listening.sendto(answer.to_wire(), whom)
