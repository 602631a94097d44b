"""Understanding a mail: raw bytes in, frozen data out. Pure, and safe on any bytes.

tree       bytes -> MIME parts, within bounds       charset    bytes -> text
headers    addresses, ids, dates, encoded words     html_text  HTML -> text, quotes cut by structure
reply      the new text of a reply (words: data)    bounce     delivery reports (bounce_words: data)
automatic  programs, lists, reply tokens            parse      puts them together
"""

from .model import Address, Bounce, ParsedMail, Part
from .parse import parse_mail

__all__ = ["Address", "Bounce", "ParsedMail", "Part", "parse_mail"]
