"""Writes the known answers of the link type as plain lines, for a C program without a JSON parser.

Each vector:  vector ID MESSAGE DIGEST / field NAME VALUE … / body BYTES / end
`body` is what a browser or the gateway posts for the fields and the digest: url-encoded Shift_JIS as browsers write it.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

SAFE = "*-._"


def decoded(code: bytes) -> str:
    try:
        return code.decode("cp932")
    except UnicodeDecodeError:
        return ""


# Some characters have two codes. Python takes NEC's, browsers take IBM's.
IBM = {decoded(bytes((lead, trail))): bytes((lead, trail)) for lead in range(0xFA, 0xFD) for trail in range(0x40, 0xFD)}


def shift_jis(text: str) -> bytes:
    codes = ((char, char.encode("cp932")) for char in text)
    return b"".join(IBM[char] if code[0] in (0xED, 0xEE) and len(code) == 2 else code for char, code in codes)


def escaped(value: bytes) -> str:
    """As browsers do: space is +, everything but a few characters is %XX."""
    return quote_from_bytes(value, safe=SAFE + " ").replace("~", "%7E").replace(" ", "+")


def body(vector: "dict[str, Any]") -> str:
    """What is posted for a vector; some name the very bytes of a field."""
    given = {name: bytes.fromhex(code) for name, code in vector.get("bytes", {}).items()}
    fields = [*vector["fields"], ["sps_hashcode", vector["digest"]]]
    return "&".join(f"{name}={escaped(given.get(name) or shift_jis(value))}" for name, value in fields)


def main() -> None:
    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(f"key {data['key']}")
    for vector in data["vectors"]:
        print(f"vector {vector['id']} {vector['message']} {vector['digest']}")
        for name, value in vector["fields"]:
            print(f"field {name} {value}")
        print(f"body {body(vector)}")
        print("end")


main()
