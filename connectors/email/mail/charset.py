"""Bytes to text, whatever the mail claims about them: declared charset, then what the bytes themselves say."""

from __future__ import annotations

import codecs
import re

_NAME = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,40}")

# What mailers call it -> the codec that reads what they really send (always a superset of the standard one).
_CODECS = {
    **dict.fromkeys(("us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "latin-1", "latin1"), "cp1252"),
    **dict.fromkeys(("windows-1252", "cp-1252", "ansi", "8859-1", "iso-8859-1-windows-3.1-latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "korean"), "cp949"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "logical"), "iso-8859-8"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp"), "iso2022_jp_ext"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8", "x-utf-8", "utf8mb4"), "utf-8"),
    "hz-gb-2312": "hz",
    "unicode": "utf-16",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
_UNSURE = frozenset(("", "unknown", "unknown-8bit", "x-unknown", "default", "binary", "8bit", "none", "x-user-defined"))
_NOT_TEXT = frozenset(("idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape",
                       "raw-unicode-escape", "undefined", "mbcs", "oem"))  # fmt: skip
_WIDE = ("utf-16", "utf_16", "utf-32", "utf_32")
_STATEFUL = (*_WIDE, "iso2022", "iso-2022", "hz", "utf-7", "utf7", "cp037", "cp500")  # whose ASCII is not ASCII
_ISO_2022 = b"\x1b$"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` as a database and a browser take it: no NUL or other control, no lone surrogate, `\\n` line ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return _UNSTORABLE.sub("", text.replace("\0", ""))  # NULs apart: a mail of nothing else would be slow


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of `data`, and what was wrong with its declared charset ('' when nothing was). Never raises."""
    name = declared.strip().strip("\"'").lower()
    codec = _codec(name)
    if data.isascii() and not (codec.startswith(_STATEFUL) if codec else _ISO_2022 in data):
        return data.decode("ascii"), ""
    for bom, bom_codec in _BOMS:
        if data.startswith(bom):
            return data.decode(bom_codec, "replace"), ""
    if codec is None:
        text, guessed = guess(data)
        return text, "" if name in _UNSURE else f"unknown charset {name[:40]!r}, read as {guessed}"
    if codec == "cp1252" and (utf8 := _utf8(data)) is not None:
        return utf8, f"declared {name}, is utf-8"
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if not broken:
        return text, ""
    if codec == "cp1252":
        return _cp1252(data), ""
    other, guessed = guess(data)
    if broken * 20 > len(text) and not codec.startswith(_WIDE) and "\ufffd" not in other:
        return other, f"declared {name}, read as {guessed}"
    return text, f"{broken} bytes are not {name}"


def guess(data: bytes) -> tuple[str, str]:
    """Text of bytes whose charset nobody told, and the name of the codec that read them."""
    if _ISO_2022 in data and data.isascii():
        return data.decode("iso2022_jp_ext", "replace"), "iso-2022-jp"
    if (text := _utf8(data)) is not None:
        return text, "utf-8"
    return _cp1252(data), "windows-1252"


def _codec(name: str) -> str | None:
    if name in _UNSURE:
        return None
    codec = _CODECS.get(name, name)
    if not _NAME.fullmatch(codec) or codec in _NOT_TEXT:
        return None
    try:
        info = codecs.lookup(codec)
        "".encode(codec)  # refuses what is not a text encoding: base64, zlib, rot13
    except (LookupError, ValueError):
        return None
    return codec if info.name != "undefined" else None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        whole = data[: error.start]
        if error.reason != "unexpected end of data" or whole.isascii():
            return None
        return whole.decode("utf-8")  # cut in the middle of its last character


def _cp1252(data: bytes) -> str:
    """Windows-1252 with its five holes as Latin-1 has them, as browsers read it."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in data)
