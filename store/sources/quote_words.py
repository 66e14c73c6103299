"""How mail programs and people, in the languages met so far, mark quotes, signatures and footers."""

import re

_WROTE = (
    "wrote",
    "schrieb",
    "a écrit",
    "escribió",
    "ha scritto",
    "schreef",
    "pisze",
    "napisał",
    "escreveu",
    "skrev",
    "kirjoitti",
    "írta",
    "napsal",
    "написал",
    "пишет",
    "yazdı",
)
WROTE_TELLS = tuple(word.split()[-1] for word in _WROTE)
ADDRESS_TELLS = (">:", "> :")
WORDED = re.compile(r"[ \t>*]*(?:On|Am|Le|El|Il|Op|Em|Den|Dnia|W dniu|In data|Dne)\b")
_OPENING = r"(?:On|Am|Le|El|Il|Op|Em|Den|Dnia|W dniu|In data|Dne|Em|\d|-{2,} ?On|\w{2,3}\.?,? \d)"
_ANY = r"[^\n]{0,300}"
_SOME = r"[^\n]{1,300}"
_WROTE_AND_WHO = rf"(?:{'|'.join(_WROTE)})\b[^\n:]{{0,80}}+:?[ \t-]*+"
_ADDRESS = r"<\s?[^<>\s@]{1,120}+@[^<>\s]{1,120}+\n?>"
_DATED = r"(?=[^\n<>:\d]{0,80}+\d)[^\n<>]{1,280}+(?:\n[^\n<>]{0,80}+)?"
ATTRIBUTION = re.compile(
    r"^[ \t>*]*+(?:"
    rf"{_OPENING}(?:{_SOME}|{_ANY}\n{_ANY}|{_ANY}\n{_SOME}\n{_ANY})(?<![\w/-]){_WROTE_AND_WHO}"
    rf"|{_DATED}{_ADDRESS}[^\n:]{{0,40}}+:[ \t]*"
    r")$",
    re.MULTILINE,
)
"""`On Tue, 3 Mar 2026 at 10:01, Dana <dana@northgate.example> wrote:`, over as many as three lines."""
ATTRIBUTION_END = re.compile(rf"(?:{_WROTE_AND_WHO}|>[^\n:]{{0,40}}+:[ \t]*+)$", re.MULTILINE)
"""How the last line of an attribution ends."""

_FROM = "From|Von|De|Da|Van|Fra|Från|Od|От|Lähettäjä"
_SENT = (
    "Sent|Date|Gesendet|Datum|Envoyé|Inviato|Data|Verzonden|Enviado|Enviada|Fecha|Sendt|Dato|Skickat|Wysłano"
    "|Odesláno|Отправлено|Lähetetty"
)
HEADER_TELLS = (*(f"{word}:" for word in _FROM.split("|")), "From :", "De :", "Von :")
"""Each ends with its only colon, as do the others that `quoting` looks for at colons."""
HEADER_BLOCK = re.compile(
    r"^(?:[ \t]*[_-]{5,}[ \t]*\n\s{0,8})?"
    rf"[ \t*]{{0,12}}(?:{_FROM})[ \t]?:[^\n]{{1,400}}\n(?:[ \t]{{0,8}}<[^\n]{{1,400}}\n)?"
    r"(?:[ \t*]{0,12}[A-ZÀ-Я][\w' -]{1,24}[ \t]?:[^\n]{0,2000}\n){0,4}?"
    rf"[ \t*]{{0,12}}(?:{_SENT})[\w ]{{0,6}}:",
    re.MULTILINE,
)
"""Outlook's way: the quoted mail's headers as lines of text, behind a rule or not."""

DASHED = re.compile(
    r"^[ \t>*]*(?:-{2,}[ \t]*(?:Original Message|Original Appointment|Forwarded message|Reply message"
    r"|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine|Message transféré|Mensaje original"
    r"|Mensaje reenviado|Messaggio originale|Messaggio inoltrato|Oorspronkelijk bericht|Mensagem original"
    r"|Oprindelig besked|Wiadomość oryginalna|Původní zpráva|Исходное сообщение)[ \t]*-{2,}"
    r"|Begin forwarded message:)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)

CLOSING = re.compile(
    r"(?:(?:with |many |all the |my )?(?:very )?(?:best|kind|kindest|warm|warmest|thanks(?: (?:and"
    r"|&) (?:best |kind )?)?)"
    r"(?: (?:regards?|wishes))?"
    r"|(?:kind(?:est)? |best |warm(?:est)? )?regards|thanks(?:,? (?:again|in advance|so much))?(?: (?:and"
    r"|&) regards)?|thank you"
    r"|many thanks|cheers|sincerely|yours(?: sincerely| truly| faithfully)?|talk soon|speak soon"
    r"|all the best|br|rgds"
    r"|(?:mit )?(?:viele[nm]?|beste[nrm]?|liebe[nm]?|freundliche[nm]?|herzliche[nm]?) gr(?:ü|ue)(?:ß|ss)en?"
    r"|mfg|vg|lg"
    r"|(?:bien )?cordialement|bien à vous|saludos(?: cordiales)?|un saludo|cordiali saluti"
    r"|met vriendelijke groet(?:en)?"
    r"|pozdrawiam|atenciosamente|abraços)[ \t]*[,.!–—-]*[ \t]*\W{0,3}",
    re.IGNORECASE,
)

SENT_FROM = re.compile(
    r"(?:Sent (?:from|via|with) (?:my |Outlook|Mail|Yahoo|Gmail|Samsung|Proton|TypeApp|Sparrow|a )"
    r"|Get Outlook for |Gesendet (?:von|mit|aus) |Von meinem |Envoyé (?:de|depuis|à partir) |Enviado desde "
    r"|Inviato da "
    r"|Verstuurd vanaf |Verzonden vanaf |Wysłane z |Enviado do )[^\n,;]{0,50}",
    re.IGNORECASE,
)

FOOTER_TELLS = (
    "confidential",
    "intended",
    "unsubscribe",
    "opt out",
    "opt-out",
    "no longer wish",
    "re receiving",
    "vertraulich",
)
FOOTER = re.compile(
    r"\n[ \t*_>-]{0,8}(?:this (?:e-?mail|message|communication"
    r"|transmission)\b[^\n]{0,80}(?:\n[^\n]{0,80})?(?:confidential|intended)"
    r"|(?:the )?(?:information|contents?)[^\n]{0,60}(?:confidential|intended)"
    r"|(?:confidentiality|privileged|legal)[^\n]{0,20}(?:notice|note|disclaimer)|disclaimer:"
    r"|(?:to|click here to|if you (?:would like|wish|want|prefer|no longer wish)[^\n]{0,80}) ?(?:unsubscribe"
    r"|opt[ -]out)"
    r"|if you (?:no longer wish|would rather not|are not the intended)"
    r"|unsubscribe\b[^\n]{0,120}$"
    r"|you(?:['’]re| are) receiving (?:this|these|linkedin)"
    r"|diese e-?mail[^\n]{0,80}(?:vertraulich|bestimmt))",
    re.MULTILINE | re.IGNORECASE,
)
"""It begins with a line end, which is found quickly; put one before the text."""

LINKEDIN_TELLS = (
    "This email was intended for",
    "LinkedIn Corporation",
    "LinkedIn Ireland",
    "receiving LinkedIn",
)
LINKEDIN_FOOTER = re.compile(
    r"^(?:-{40}[ \t]*$|This email was intended for|You(?:['’]re| are) receiving|Unsubscribe|Help:"
    r"|© \d{4} LinkedIn"
    r"|Tento e-?mail|Cet e-mail|Diese E-Mail"
    r"|(?:Est[ea] (?:e-?mail|correo|mensaje|mensagem)|Questa e-?mail|Questo messaggio|Deze e-?mail"
    r"|Ta wiadomość|Ten e-?mail)\b[^\n]{0,40}\b(?:destinad|destinat|enviad|inviat|bedoeld|przeznaczon))",
    re.MULTILINE,
)
_ANSWER = "Reply|Répondre|Responder|Antworten|Rispondi|Beantwoorden|Odpowiedz"
LINKEDIN_HEAD = re.compile(
    rf"(?:[^\n]{{0,300}}\n){{1,12}}?[ \t]*(?:(?:{_ANSWER})\b[ \t:]{{0,4}})?"
    r"<?https://www\.linkedin\.com/(?:comm/)?messaging/thread/\S{1,300}[ \t]*(?:\n|$)"
)
"""The subject, twice, the name and the link that stand above the message itself."""
