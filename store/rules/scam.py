"""Signs that somebody is after money, papers or a machine rather than a candidate (design 4).

Each flag is a sentence with its reason. A false alarm is dear, for a flag stops the recommendation: so words
count in their context only, and a sign that honest recruiters give as well is none.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from store.records.message import Message
from store.rules.row import Row

FREE_MAIL: Final = frozenset(
    {"aol.com", "fastmail.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com"}
    | {"icloud.com", "live.com", "mail.com", "me.com", "outlook.com", "proton.me", "protonmail.com"}
    | {"web.de", "yahoo.com", "mail.ru", "yandex.com", "qq.com", "163.com"}
)
"""Mail domains that anybody may have an address of; they stand for no firm."""
_BRANDS: Final = frozenset(
    {"adobe", "airbnb", "amazon", "amd", "apple", "atlassian", "bloomberg", "boeing", "cisco", "cloudflare"}
    | {"databricks", "deloitte", "dropbox", "ericsson", "facebook", "google", "ibm", "intel", "linkedin"}
    | {"meta", "microsoft", "netflix", "nvidia", "openai", "oracle", "paypal", "pfizer", "salesforce"}
    | {"samsung", "sap", "shopify", "siemens", "snowflake", "sony", "spotify", "stripe", "tesla", "uber"}
    | {"visa", "walmart"}
)
"""Employers that never write to candidates from a free-mail address."""
_MESSENGER = r"""
    \b(?:continue|continuing|chat|contact|text|message|write|add|reach|interview\w*|move|talk)\b
    [^.!?\n]{0,40} \b(?:on|via|through|to|over|using)\b
    [^.!?\n]{0,20} \b(?:telegram|whats\s?app|signal\ app|wechat)\b
"""
_FEE = r"""
    \b(?:pay|send|transfer|deposit)\b [^.!?\n]{0,30}
    \b(?:registration|training|processing|application|onboarding|background[-\ ]check|visa|refundable)\s+fee\b
    | \b(?:refundable|registration|training|processing|onboarding)\s+(?:fee|deposit)\b
    [^.!?\n]{0,40} \b(?:required|before|to\ secure|is\ due|of\ [$€£]?\d)
"""
_EQUIPMENT = r"""
    \b(?:purchase|buy|order)\b [^.!?\n]{0,40} \b(?:equipment|laptop|home[-\ ]office|gift\ cards?)\b
    [^.!?\n]{0,60} \b(?:reimburse\w*|che(?:ck|que)|vendor|refund\w*|first\ day|before)\b
    | \b(?:deposit|cash)\b [^.!?\n]{0,20} \bche(?:ck|que)\b
"""
_PAPERS = r"""
    \b(?:send|provide|share|submit|upload|reply\ with|need|give)\b
    [^.!?\n]{0,40} \b(?:your|a\ copy\ of|copies\ of|scan\ of|photo\ of)\b
    [^.!?\n]{0,30} \b(?:passport|bank\ (?:account|details)|iban|routing\ number|social\ security|ssn
    |driver'?s\ licen[cs]e|id\ card|credit\ card)\b
"""
_TEST_PROJECT = r"""
    \b(?:download|clone|install|run|unzip|open)\b
    [^.!?\n]{0,50} \b(?:test|sample|trial|assessment|coding|demo)\s+
    (?:project|task|repo(?:sitory)?|archive|app|assignment)\b
    | \b(?:test|sample|trial|coding)\s+(?:project|task|assignment)\b
    [^.!?\n]{0,60} (?:\b(?:download|install|unzip|clone)\b|\.(?:zip|rar|exe|dmg|scr)\b)
"""
_SIGNS: Final = {
    _MESSENGER: "You are asked to go on in a messenger",
    _FEE: "You are asked for money",
    _EQUIPMENT: "You are asked to buy equipment or to cash a cheque",
    _PAPERS: "You are asked for bank details or identity papers before there is an offer",
    _TEST_PROJECT: "You are asked to download and run a test project",
}
_QUOTED = 60


def safety_flags(row: Row, messages: Sequence[Message]) -> tuple[str, ...]:
    """Return the signs found in the inbound messages of an opportunity, each a sentence with its reason."""
    found = list(filter(None, (_free_mail_for_a_brand(row),)))
    for pattern, sentence in _compiled():
        for message in messages:
            match = pattern.search(message.text)
            if match is not None:
                words = " ".join(match[0].split())
                cut = words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
                found.append(f"{sentence}: “{cut}”")
                break
    return tuple(found)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns with their sentences, compiled when first needed: few commands do."""
    return tuple(
        (re.compile(pattern, re.IGNORECASE | re.VERBOSE), sentence) for pattern, sentence in _SIGNS.items()
    )


def _free_mail_for_a_brand(row: Row) -> str:
    domain = row.email.rpartition("@")[2]
    if domain not in FREE_MAIL:
        return ""
    for name in (row.firm, row.company):
        first = name.casefold().split()[:1]
        if first and first[0].strip(",.") in _BRANDS:
            return f"A free-mail address ({domain}) writes for {name}"
    return ""
