"""Bytes to text: the charset that is named where it makes sense, else UTF-8, else Windows' Latin."""

import codecs
import re
from functools import lru_cache

_ALIASES = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "utf8": "utf-8",
    "utf-8-mac": "utf-8",
    "utf8mb4": "utf-8",
    "iso-8859-1": "cp1252",  # as browsers read it: nobody means the C1 controls
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "cp-850": "cp850",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
_KNOWN = re.compile(
    r"(?:utf|iso|windows|cp|koi8|gb|big5|euc|shift|mac|latin|tis|hz|ibm|johab|ptcp|ks|l\d)[\w:.-]*"
)
"""Families of charsets. Python knows codecs besides that are none, and slow or different by system."""


@lru_cache(maxsize=256)
def codec(name: str) -> str:
    """Return Python's name for a charset as a mail names it, or an empty text where it is none."""
    plain = name.strip(" \t'\"").lower()[:40]
    plain = _ALIASES.get(plain, plain)
    if not _KNOWN.fullmatch(plain):
        return ""
    try:
        return codecs.lookup(plain).name
    except (LookupError, ValueError):
        return ""


def decode(data: bytes, charset: str = "") -> str:
    """Return the bytes as text; never fails."""
    for name in (codec(charset) if charset else "", "utf-8", "cp1252"):
        if name:
            try:
                return data.decode(name)
            except (UnicodeError, LookupError):
                continue
    return data.decode("cp1252", "replace")
