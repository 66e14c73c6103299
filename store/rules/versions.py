"""Another message that is the same one as what is shown: a copy, a notice of it, an appointment as it was."""

from store.records.message import Message
from store.rules.appointments import appointment


def version_words(message: Message) -> list[str]:
    """Return what tells another version of a message: whose it is, when its appointment was, what it says."""
    sender = message.sender
    who = " ".join(filter(None, (sender.name, sender.email))) or sender.phone
    kind = message.channel.replace("_", " ")
    about = f"{kind} from {who}" if who else kind
    words = [appointment(message.event)] if message.event is not None else []
    return [about, *words, *filter(None, (message.subject, message.body, message.quoted))]
