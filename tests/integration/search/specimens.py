"""Files as people send them, made here: each with the words that are given."""

from __future__ import annotations

import io
import zipfile
import zlib

from hub.search.extract.kinds import MAX_TEXT


def pdf(text: str, *, raw: bytes | None = None) -> bytes:
    """One page with one line; `raw` in place of its content."""
    content = raw if raw is not None else f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
    packed = zlib.compress(content)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


def archive(**parts: str | bytes) -> bytes:
    """A zip; in the names of its parts __ stands for / and _ for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def docx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    first, _, rest = text.partition(" ")
    return archive(
        word__document_xml=f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{first}</w:t></w:r>'
        f"<w:r><w:instrText>HIDDEN</w:instrText><w:t xml:space='preserve'> {rest}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Second</w:t></w:r></w:p></w:body></w:document>"
    )


def xlsx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return archive(
        xl__sharedStrings_xml=f'<sst xmlns="{space}"><si><t>{text}</t></si></sst>',
        xl__worksheets__sheet1_xml=f'<worksheet xmlns="{space}"><sheetData><row><c t="s"><v>0</v></c><c><f>A1*2</f>'
        "<v>4711</v></c></row></sheetData></worksheet>",
    )


def pptx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return archive(ppt__slides__slide1_xml=f'<a:p xmlns:a="{space}"><a:r><a:t>{text}</a:t></a:r></a:p>')


def odt(text: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    return archive(content_xml=f'<t:p xmlns:t="{space}">{text}</t:p>')


def zip_bomb() -> bytes:
    """A document of a hundred megabytes in a hundred kilobytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as part:
        part.write(b"<a>")
        for _ in range(100):
            part.write(b'<b c="%s"/>' % (b" " * 8000) * 128)
    return buffer.getvalue()


def spaces() -> bytes:
    """A document of a million spaces."""
    return archive(word__document_xml=f"<a>{' ' * MAX_TEXT}</a>")


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return archive(word__document_xml=f"<!DOCTYPE x [{entities}]><x>&a11;</x>")
