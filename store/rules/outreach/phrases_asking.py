"""What recruiters ask of whom they write to, and what they offer: an answer, a call, papers, terms."""

from typing import Final

_TALK = "call|chat|conversation|word|coffee|catch|talk|discussion|chinwag|intro"

ASKING: Final[dict[str, tuple[str, ...]]] = {
    "open-to": (
        "you|you're|you'd|yourself|currently|if|be|are *3 open to|for",
        (
            "open to *2 chat|chatting|a|an|hearing|exploring|new|discussing|learn|learning|opportunities"
            "|talking|call|something"
            "|move|moving|considering|it|this|other|explore|hear"
        ),
        "would|might|may|could|are|be|is|if|you|you'd|any *3 interested|interest",
        "of interest",
        "interested at|in all|principle",
        "are|aren't you *1 looking",
        "considering|thinking *2 leaving|moving",
        "your *1 situation *1 changed",
        "shall|should|may|can|could|want i|me|to *1 send|share|tell|forward",
        "would|will you reconsider",
        "prepared|willing to speak|talk|meet",
        "happy where you",
        (
            "interested in *1 hearing|learning|discussing|exploring|this|speaking|talking|chatting|a|an|it"
            "|finding|joining"
        ),
        "interested ?",
        "any appetite|thoughts",
        f"up for *3 {_TALK}|it|move|challenge",
        (
            "keen|love|like|happy|glad|delighted|pleased to *1 speak|talk|chat|discuss|tell|share|connect"
            "|explore"
        ),
        "hear|hearing|learn|learning|find|finding|tell|know *1 more|out",
        f"worth|fancy *3 {_TALK}|time|look",
        "would|could|might you *2 consider|entertain|explore",
        "consider|considering *3 move|moving|change|relocating|relocation",
        "on the market",
        "your next move|step|role|challenge|chapter",
        "are you *2 available",
        "value|welcome|appreciate|grateful *3 conversation|chat|hour|discussion",
        "wechselwillig|wechselbereit|wechselwunsch|wechselinteressiert",
        "interesse *3 an|haben|geweckt|gespräch|austausch|?",
        "offen für",
        "lust auf",
        "sie|dich interessant|spannend",
        (
            "unverbindlich|unverbindlichen|unverbindliches|kurzes|kurzen|vertraulichen|vertrauliches *1"
            " gespräch|austausch|telefonat|kennenlernen|call"
        ),
        "neue|neuen|neuer herausforderung|herausforderungen|aufgabe|perspektive",
        "verändern möchten|wollen",
        "melde|melden dich|sie *1 gern|gerne",
        "auriez *5 échange|minutes",
        "premier échange",
        "à l'écoute",
        "ouvert|ouverte à|aux",
        "échanger|intéressé|intéressée|intéresse|intéresser|intéresserait",
        "en discuter|parler",
        "te|le interesa|interesaría|interese",
        "interesado|interesada",
        "abierto|abierta a",
        "escuchar *2 propuesta|oferta",
    ),
    "papers": (
        "your *2 cv|resume|résumé",
        "updated|latest|recent|word *1 cv|resume|résumé",
        "current|expected ctc",
        "hourly|expected|desired|current rate|salary|compensation|package",
        "visa status|type|usc|.",
        "right to represent|work",
        "work authorization|authorisation",
        "notice period",
        "rtr|usc|h1b|ead",
        "ihren|deinen|ihr|dein|aktuellen|aktueller lebenslauf|cv",
        "gehaltsvorstellung|gehaltsvorstellungen|kündigungsfrist",
        "votre|ton|tu|su|vuestro cv|currículum",
        "prétentions salariales",
    ),
    "terms": (
        "c2c|c2h|ir35|w2",
        "c2c|w2|contract|contractor|corp|hour|hourly|hr *2 1099",
        "1099 *2 basis|c2c|contract|contractor|hourly|only|rate|w2",
        "corp to corp",
        "contract *1 role|roles|position|opportunity|job|gig|work|assignment",
        "contract to hire|perm",
        "month|months|mth|mths *2 contract|rolling|initial|initially|assignment",
        "months|month extension|extendable",
        "have|got|new|available a|an *3 contract",
        "permanent|perm *1 role|roles|position|positions|vacancy|opportunity|job|jobs|basis|hire",
        "locum|travel|fixed *1 work|shifts|contract|contracts|assignment|assignments",
        "full time role|position|vacancy|opportunity|job|permanent",
        "freelance role|project|position|opportunity|gig|contract|projekt",
        "day rate",
        "interim assignment|role|position|contract|cfo|cto|management|mandat",
        "unbefristet|unbefristete|unbefristeten|festanstellung|freiberuflich|direktvermittlung",
        "cdi",
        "contrato indefinido",
        "tax term|terms",
    ),
    "pay": (
        "hundred|pounds|dollars|euros|bucks a|an|per day|hour",
        "competitive|tax|excellent *1 salary|package|compensation",
    ),
    "call": (
        f"quick|short|brief|introductory|initial|exploratory|first|phone|minute|minutes|min|mins *1 {_TALK}",
        "calendly",
        "call|ring|text|reach|contact me|you",
        "give me *2 call|shout|ring|bell",
        "have|hop|jump|schedule|arrange|book|find|time|free|set *3 call|chat|coffee|conversation",
        "call|speak this|next|tomorrow|on|with",
        "free|available|good|suit to|for *2 talk|chat|speak|call|catch",
        "find|grab|have|got|spare *1 10|15|20|30|45|fifteen|ten|twenty|thirty *1 min|mins|minutes|minute",
        "half an hour",
        "buy you *1 lunch|coffee|dinner|breakfast",
        "informal|confidential *1 conversation|chat|discussion",
        "speak|talk by telephone|phone",
        "when|could|can|shall *2 speak|talk|ring",
        "my|our|here's calendar",
        "telefonat|telefonieren|telefonisch|telefontermin|telefonischen|telefonischer",
        "par|au téléphone",
        "hablemos|hablar|llamada",
    ),
    "referral-fee": (
        "referral|recommendation|introduction fee|bonus|reward",
        "refer|recommend a|another friend|colleague",
        "vermittlungsprämie|tippgeberprämie",
    ),
    "introduction": (
        "name is",
        "here from|with|at",
        "it's|this|is|am|i'm *3 calling|from",
        "from|with *4 here .|calling|regarding",
        "reaching|reach out",
        "get|getting|got in touch",
        "gave|given me your",
        "got|found your *1 name|number|contact|details",
        "permets de vous",
        "melde mich",
    ),
}
"""By sign: what it reads like."""
