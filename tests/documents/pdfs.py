"""PDF files and pictures made by code: laid out by Typst, or written byte by byte where they must be wrong."""

import struct
import zlib

import typst

HEAD = r"""
#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm))
#set text(size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 10mm, all: true))
"""


def typeset(body: str, head: str = HEAD) -> bytes:
    """Return ``body``, in Typst's markup, as a PDF on A4 pages as official papers have them."""
    return typst.compile((head + body).encode())


def written(*objects: str, trailer: str = "") -> bytes:
    """Return a PDF of ``objects``, numbered from 1; the first is the catalogue."""
    file = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return file + (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    )


def stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def one_page(content: str, resources: str = "", *more: str, trailer: str = "") -> bytes:
    """Return a PDF of one page that draws ``content``; ``more`` are further objects, from number 5."""
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {resources} >> >>",
        stream(content),
        *more,
        trailer=trailer,
    )


def scan() -> bytes:
    """Return a page that holds a grey picture and no letter."""
    return one_page(
        "q 595 0 0 842 0 0 cm /Im1 Do Q",
        "/XObject << /Im1 5 0 R >>",
        stream(
            "00ff",
            "/Type /XObject /Subtype /Image /Width 2 /Height 1 "
            "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode",
        ),
    )


def locked() -> bytes:
    """Return a PDF that nobody can open without its password."""
    secret = f"<{'41' * 32}>"
    return one_page(
        "",
        trailer=f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {secret} /U {secret} >>",
    )


def swelling() -> bytes:
    """Return a small PDF that draws one letter 10 to the 12th times: forms that each draw the next ten times."""
    forms = [
        stream(f"/F{depth + 1} Do " * 10, _form(f"/XObject << /F{depth + 1} {depth + 6} 0 R >>"))
        for depth in range(12)
    ]
    font = "/Font << /A << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    return one_page("/F0 Do", "/XObject << /F0 5 0 R >>", *forms, stream("BT /A 9 Tf (a) Tj ET", _form(font)))


def _form(resources: str) -> str:
    return f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {resources} >>"


def endless() -> bytes:
    """Return a PDF of a thousand pages that all draw the same half million nothings."""
    pages = range(4, 1004)
    kids = " ".join(f"{page} 0 R" for page in pages)
    return written(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 595 842] >>",
        stream("q Q " * 500_000),
        *("<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>" for _ in pages),
    )


def png(width: int, height: int, grey: bytes) -> bytes:
    """Return a picture of ``width`` by ``height`` dots, a byte each."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + grey[at : at + width] for at in range(0, len(grey), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")
