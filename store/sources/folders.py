"""What mail programs call the folders and labels that hold no incoming mail, in the user's language.

Names of Gmail (as Takeout writes them), Thunderbird, Apple Mail, Outlook and Dovecot.
"""

import csv
from typing import Literal

from store.sources.words import received

Kind = Literal["", "sent", "draft", "spam", "trash", "chat", "unread"]

_NAMES: dict[Kind, str] = {
    "sent": "sent|sent mail|sent items|sent messages|sent-mail|gesendet|gesendete objekte|gesendete elemente"
    "|gesendete nachrichten"
    "|envoyés|messages envoyés|éléments envoyés|courrier envoyé|envoyé|enviados|enviado|correo enviado"
    "|elementos enviados|mensajes enviados"
    "|inviati|posta inviata|inviata|e-mails enviados|itens enviados|enviadas|verzonden|verzonden berichten"
    "|verzonden items"
    "|odeslané|odeslaná pošta|odeslané zprávy|wysłane|elementy wysłane",
    "draft": "draft|drafts|entwurf|entwürfe|brouillon|brouillons|borrador|borradores|bozza|bozze|rascunho"
    "|rascunhos|concept"
    "|concepten|koncept|koncepty|rozepsané|szkic|szkice|wersje robocze|kopie robocze",
    "spam": "spam|junk|junk e-mail|junk email|bulk mail|junk-e-mail|werbung|spamverdacht"
    "|courrier indésirable|indésirables"
    "|correo no deseado|no deseado|posta indesiderata|indesiderata|lixo eletrônico|lixo eletrónico"
    "|ongewenste e-mail|ongewenst"
    "|nevyžádaná pošta|wiadomości-śmieci|niechciane",
    "trash": "trash|bin|deleted|deleted items|deleted messages|papierkorb|gelöscht|gelöschte objekte"
    "|gelöschte elemente|corbeille"
    "|éléments supprimés|messages supprimés|papelera|elementos eliminados|cestino|posta eliminata|lixeira"
    "|lixo|itens excluídos"
    "|itens eliminados|prullenbak|verwijderde items|koš|odstraněná pošta|kosz|elementy usunięte",
    "chat": "chat|chats",
    "unread": "unread|ungelesen|non lus|non lu|no leído|no leídos|non letto|non letti|da leggere|não lido"
    "|não lidos"
    "|não lidas|ongelezen|nepřečtené|nepřečtený|nieprzeczytane|nieprzeczytany",
}
_KINDS: dict[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
LEFT_OUT: dict[Kind, str] = {"draft": "draft", "spam": "spam", "trash": "trash", "chat": "chat"}
"""Kinds that are not read, and the word for the report."""


def folder_kind(name: str) -> Kind:
    """Return what a folder, a mailbox file or a label is for, by its name; an empty text for user's own."""
    plain = " ".join(name.replace("\u00a0", " ").split()).casefold()
    plain = plain.removesuffix(".mbox").removesuffix(".sbd").strip(". ")
    for separator in ("/", "."):
        if plain not in _KINDS and plain.startswith(("[gmail]" + separator, "inbox" + separator)):
            plain = plain.split(separator, 1)[1]
    kind = _KINDS.get(plain, "")
    return "" if kind == "unread" and "." in name else kind


def label_kinds(header: str) -> set[Kind]:
    """Return the kinds that a Takeout mail's labels say; the header may be one encoded word."""
    text = received(header).replace("\u00a0", " ").replace("\n", " ")
    try:
        labels = next(csv.reader([text], skipinitialspace=True), [])
    except csv.Error:
        labels = text.split(",")
    return {folder_kind(label) for label in labels if label.strip()} - {""}
