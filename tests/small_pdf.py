"""PDFs of a few hundred bytes, written by hand so that each oddity stands where a test wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

CATALOG, PAGES, FONT, FIRST_PAGE = 1, 2, 3, 4
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
A4 = (0, 0, 595, 842)


def text(x: float, y: float, content: str, size: float = 10) -> str:
    """Content stream operators that write in Helvetica; y counts up from the bottom."""
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({content}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 1) -> str:
    """Content stream operators that draw a stroke."""
    return f"{width} w {x0} {y0} m {x1} {y1} l S\n"


def table(xs: Sequence[float], ys: Sequence[float]) -> str:
    """All the lines of a table without spans."""
    across = [line(xs[0], y, xs[-1], y) for y in ys]
    return "".join(across + [line(x, ys[0], x, ys[-1]) for x in xs])


def pdf(
    *contents: str | bytes,
    box: Sequence[float] = A4,
    page: str = "",
    resources: str = "",
    extra: Mapping[int, bytes] | None = None,
) -> bytes:
    """A PDF with a page per content stream, `page` and `resources` added to each page's own."""
    first, bodies = FIRST_PAGE, dict(extra or {})
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(contents)))
    media = " ".join(str(v) for v in box)
    bodies[CATALOG] = b"<< /Type /Catalog /Pages 2 0 R >>"
    bodies[PAGES] = f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode()
    bodies.setdefault(FONT, HELVETICA)
    for i, content in enumerate(contents):
        number = first + 2 * i
        bodies[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] /Contents {number + 1} 0 R {page} "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> >>"
        ).encode()
        bodies[number + 1] = stream(content)
    return assembled(bodies)


def stream(content: str | bytes, dictionary: str = "") -> bytes:
    raw = content.encode("latin-1") if isinstance(content, str) else content
    return f"<< /Length {len(raw)} {dictionary} >>\nstream\n".encode() + raw + b"\nendstream"


def assembled(bodies: Mapping[int, bytes], trailer: str = "") -> bytes:
    """The objects, the table of where they are, and the trailer."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in sorted(bodies.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size = max(bodies) + 1
    table = "".join(
        f"{places[n]:010} 00000 n \n" if n in places else "0000000000 65535 f \n"
        for n in range(size)
    )
    end = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {size}\n{table}".encode() + end.encode()


def encrypted(content: str, user: str, owner: str) -> bytes:
    """A page under the standard security handler, revision 2 (ISO 32000-1, 7.6.3): RC4, 40 bits."""
    identity, permissions = b"0123456789abcdef", -4
    hidden = _rc4(hashlib.md5(_padded(owner)).digest()[:5], _padded(user))
    secret = _padded(user) + hidden + permissions.to_bytes(4, "little", signed=True) + identity
    key = hashlib.md5(secret).digest()[:5]
    number = FIRST_PAGE + 1
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    handler = (
        f"<< /Filter /Standard /V 1 /R 2 /P {permissions} "
        f"/O <{hidden.hex()}> /U <{_rc4(key, _padded('')).hex()}> >>"
    )
    bodies = {
        CATALOG: b"<< /Type /Catalog /Pages 2 0 R >>",
        PAGES: b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        FONT: HELVETICA,
        FIRST_PAGE: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        number: stream(_rc4(own, content.encode("latin-1"))),
        number + 1: handler.encode(),
    }
    return assembled(
        bodies, f"/Encrypt {number + 1} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"
    )


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
