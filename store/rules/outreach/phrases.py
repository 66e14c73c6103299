"""What the signs read like, in English, German, French and Spanish.

Each sign has needles, plain texts of which one must stand in the message, and perhaps a pattern that must
match around one of them. Needles are looked for first, and patterns only near them: it is ten times quicker
so, and a pull judges thousands of messages a second. Patterns are bounded and never nested.
"""

import re
from itertools import islice
from typing import Final, NamedTuple

_AROUND = 60
"""Characters before and behind a needle that a pattern may reach."""
_TRIES = 6
"""Places of one sign that are looked at."""
_KEY = 3
"""Letters by which the needles that a word may begin are found."""
_WORD = re.compile(r"[^\W_]{2,}")


class Phrases(NamedTuple):
    """How a sign is found in a text in lower case."""

    needles: tuple[str, ...]
    """Words, or beginnings of them, of which one must stand there."""
    pattern: re.Pattern[str] | None = None
    """What must stand around a needle."""
    hint: re.Pattern[str] | None = None
    """Stands in for needles where none is fixed: figures."""

    def fits(self, text: str, at: int) -> bool:
        """Tell whether the sign stands around a place where a needle does."""
        pattern = self.pattern
        return pattern is None or pattern.search(text, max(at - _AROUND, 0), at + _AROUND) is not None


def _said(needles: str) -> Phrases:
    """Return a sign that is found by its needles alone, which stand between bars."""
    return Phrases(tuple(needles.split("|")))


def _matched(needles: str, pattern: str) -> Phrases:
    """Return a sign of needles, which stand between bars, and of a verbose pattern."""
    return Phrases(tuple(needles.split("|")), re.compile(pattern, re.VERBOSE))


_ROLES = (
    "engineer|developer|architect|scientist|analyst|designer|consultant|programmer|administrator|manager"
    "|director|lead|cto|cfo|coo|vp|sre|sdet|specialist|accountant|controller|nurse|recruiter"
    "|counsel|dean|surgeon|physician|lawyer|solicitor|buyer|planner|officer|head"
    "|entwickler|ingenieur|leiter|berater|ingénieur|développeur|responsable|ingenier|desarrollador"
)

FOR: Final[dict[str, Phrases]] = {
    "profile": _matched(
        "your|you|profil|perfil",
        r"""\b(?:came|come|coming|stumbled) \s (?:across|upon|over) \s (?:your|you)\b
        | \b(?:found|saw|seen|see|read|noticed|reviewed|viewed|viewing|reviewing|looked\ at
            |looking\ at|love|loved) \s (?:you \s on | your \s (?:linkedin|profile|background|github
            |work|talk|post|experience|cv|resume|name))
        | \byour \s (?:\w+ \s ){0,3}? (?:profile|background|experience|work|skills?|talk|career
            |track \s record) \s (?:\w+ \s ){0,6}? (?:stood \s out|stands \s out|caught|impress\w+
            |looks?|is \s exactly|are \s exactly|match\w*|align\w* |fits?)
        | \bimpressed \s (?:by|with) \s your\b
        | \b(?:ihr|dein|ihrem|deinem|ihres|deines) \s (?:\w+ \s ){0,2}? profils?\b
        | \b(?:votre|ton) \s profil\b | \b(?:tu|su) \s perfil\b""",
    ),
    "client": _matched(
        "client|retained|confidential|mandat|auftrag|kunde|on behalf|exclusive|pour le compte",
        r"""\b(?:my|our|one \s of \s (?:my|our)|their) \s (?:\w+[\s-]){0,2}? clients?\b
        | \bclient \s of \s (?:mine|ours)\b
        | \b(?:a|an) \s (?:\w+ \s ){0,2}? client \s (?:who|that|is|of)\b
        | \bon \s behalf \s of \s (?:a|an|my|our|the)\b
        | \bretained \s (?:by|exclusively|search|to|on|executive|for)\b
        | \b(?:a|this|lead\w*) \s (?:a \s )? retained\b
        | \bexclusively \s (?:retained|engaged|instructed|for)\b
        | \bexclusive \s (?:search|mandate|role)\b
        | \bconfidential \s (?:search|role|mandate|position|replacement)\b
        | \b(?:mein|unser|meinen|unseren|meines|unseres) \s (?:kunden?|mandanten?|auftraggebers?)\b
        | \bim \s auftrag \s (?:von|eines|unser\w*|mein\w*)\b | \b(?:mon|notre) \s client\b
        | \bpour \s le \s compte\b | \b(?:mi|nuestro) \s cliente\b""",
    ),
    "recruiter": _matched(
        "recruit|place|talent|sourcer|headhunt|executive search|staffing|search partner"
        "|personalberat|chasseur|selección",
        r"""\b(?:i'm|i \s am|as) \s (?:a|an|the|your) \s (?:\w+ \s ){0,3}? (?:recruiter|headhunter
            |sourcer)\b
        | \b(?:principal|senior|lead|technical|tech|executive|corporate|agency|in-?house
            |it) \s recruit(?:er|ment)\b
        | \brecruiter \s (?:at|with|for|here)\b
        | \brecruit(?:er|ment|ing) \s (?:consultant|partner|manager|lead|specialist|agency)\b
        | \brecruiter\s*(?:[|,\n] |$) | \bi \s (?:recruit|hire) \s for\b | \bi \s place \s \w+\b
        | \bi \s (?:head|lead|run) \s (?:up \s )? (?:recruiting|talent)\b
        | \btalent \s (?:partner|acquisition|scout|sourcer|advisor|lead|manager|team)\b | \bsourcer\b
        | \bhead-?hunter\b | \bexecutive \s search\b
        | \bstaffing \s (?:agency|firm|partner|consultant)\b | \bsearch \s partners?\b
        | \bpersonalberat\w+\b | \bchasseu[rs]\w* \s de \s têtes\b | \bcabinet \s de \s recrutement\b
        | \bselección \s de \s personal\b""",
    ),
    "hiring": _matched(
        "hiring|opening|vacanc|looking for|looking to|opportunity|position|role|requirement"
        "|searching for|recruit|stelle|suchen|gesucht|poste|puesto|vacante|buscamos|buscando"
        "|seeking|needs a|need a|wants a|wants its|want a|need our|candidate|search committee",
        rf"""\b(?:needs?|wants?|after) \s (?:a|an|its|their|our) \s (?:[\w-]+ \s ){{0,3}}? (?:{_ROLES})\b
        | \bcandidate \s for\b | \bsearch \s committee\b
        | \b(?:we're|we \s are|is|are|i'm|i \s am|currently|also|now|team's) \s (?:now \s
            |actively \s|currently \s )? hiring\b
        | \bhiring \s (?:for|a|an|our|their|manager)\b
        | \b(?:have|has|with|filling|fill|this|the|an|a|new|exciting|current|multiple|urgent
            |job) \s (?:\w+[\s-]){{0,3}}? (?:openings?|vacanc(?:y|ies)|requirements?)\b
        | \bvacancy\b
        | \b(?:looking|searching|seeking) \s (?:for|to \s (?:hire|add|bring|fill)) \s (?:a|an|our
            |their|your|someone|people|engineers? |\w+ \s (?:{_ROLES}))\b
        | \bseeking \s (?:a|an)\b
        | \b(?:job|career|exciting|new|great|interesting|leadership|role|this|an|the
            |senior) \s opportunit(?:y|ies)\b
        | \b(?:open|senior|staff|principal|lead|this|the|a|an|new|engineering|leadership|permanent
            |remote|contract|engineer|developer|manager|architect|analyst) \s (?:role|position)s?\b
        | \b(?:role|position) \s (?:at|with|in|for|is|as|that|i)\b | ^position: | \bwir \s suchen\b
        | \b(?:stelle|position) \s (?:als|im|bei)\b | \bgesucht\b | \b(?:nous|je) \s recrut\w+\b
        | \bposte \s (?:de|d')\b | \bpuesto \s de\b | \bvacante\b
        | \b(?:estamos \s buscando|buscamos)\b""",
    ),
    "fit": _matched(
        "fit|match|ideal|exactly what|passt|passen|correspond|encaja|well suited",
        r"""\b(?:great|strong|good|perfect|excellent|right|natural|ideal|potential|amazing
            |real) \s (?:\w+ \s )? (?:fit|match|candidate)\b
        | \bexactly \s what \s (?:we|they|my|our|the)\b
        | \b(?:could|would|might|may) \s be \s (?:a|an) \s (?:\w+ \s )?fit\b | \bwell \s suited\b
        | \bfits? \s (?:the|this|your) \s (?:role|profile|position|background)\b
        | \b(?:passt|passen) \s (?:\w+ \s ){0,4}? (?:profil|zu \s ihn|zu \s dir|position|stelle)\b
        | \bprofil \s (?:\w+ \s ){0,3}? (?:passt|passen)\b
        | \bcorrespond\w* \s (?:\w+ \s ){0,3}? profil\b | \bencaja\b""",
    ),
    "open-to": _matched(
        "open to|interest|are you open|up for|like to discuss|keen|worth|tell you more|curious"
        "|wechsel|gespräch|austausch|écoute|échanger|charlar|hear more|learn more",
        r"""\b(?:you|you'd|yourself|currently|if \s) \s? (?:\w+ \s ){0,3}? open \s (?:to|for)\b
        | \bopen \s to \s (?:a|an|hearing|explor\w+|new|discuss\w*|chat\w*|learn\w*|opportunit\w+
            |this|considering)\b
        | \b(?:would|might|may|could|are|be|is|if) \s (?:you \s )? (?:\w+ \s ){0,3}? interested\b
        | \binterested \s in \s (?:a|an|hearing|learning|discussing|exploring|this|the|speaking
            |talking|chatting)\b
        | \binterested\? | \bof \s interest\b | \bup \s for \s (?:a|an|it)\b
        | \b(?:keen|love|like) \s to \s (?:speak|talk|chat|discuss|tell|share|connect)\b
        | \bhear(?:ing)? \s more\b
        | \bworth \s (?:a|an|your) \s (?:[\w-]+ \s ){0,2}? (?:chat|call|conversation|time)\b
        | \btell \s you \s more\b | \bwechsel(?:willig|bereit|wunsch)\w*\b
        | \b(?:unverbindlich\w*|kurze\w* |telefonisch\w*) \s (?:gespräch|austausch|telefonat)\w*\b
        | \binteresse \s (?:an|haben|geweckt)\b | \bfür \s sie \s interessant\b | \bà \s l'écoute\b
        | \b(?:échanger|intéress\w+)\b | \b(?:te|le) \s interes\w+\b | \binteresad\w+\b""",
    ),
    "papers": _matched(
        "cv|resume|résumé|ctc|visa|rtr|notice period|work authori|lebenslauf|right to",
        r"""\b(?:share|send|forward|attach|provide|need|see|have|updated?|latest|word
            |copy \s of) \s (?:\w+ \s ){0,3}? (?:cv|resume|résumé)\b
        | \b(?:current|expected) \s ctc\b | \bvisa \s status\b | \bwork \s authori[sz]ation\b
        | \bright \s to \s (?:represent|work)\b | \brtr\b | \bnotice \s period\b
        | \b(?:ihren|deinen) \s lebenslauf\b | \b(?:votre|ton|tu|su) \s cv\b""",
    ),
    "terms": _matched(
        "c2c|corp|w2|ir35|c2h|1099|contract|permanent|freelance|day rate|festanstellung|cdi",
        r"""\bc2[ch]\b | \bcorp[\s-]+to[\s-]+corp\b | \bw-?2\b | \bir35\b | \b1099\b
        | \bcontract[\s-]+(?:to[\s-]+(?:hire|perm)|role|position|opportunity)\b
        | \b(?:permanent|perm|full[\s-]time) \s (?:role|position|vacancy|opportunity|job)\b
        | \bpermanent \s (?:\w+ \s )vacancy\b | \bfreelance \s (?:role|project|position|\w+er)\b
        | \bday \s rate\b | \b\d{1,2}[\s-]+months? \s (?:\w+ \s )?contract\b
        | \b(?:un)?befristete\w*\b | \bfestanstellung\b | \b(?:en|un|poste \s en) \s cdi\b""",
    ),
    "pay": Phrases(
        (),
        re.compile(
            r"""(?:[$£€₹]|\b(?:usd|gbp|eur|chf|inr|cad|aud)\s?) \s? \d{2,3} (?:[,.']\d{3}\b|\s?k\b)
        | \b\d{2,3}(?:[,.']\d{3}|\s?k)? \s? (?:-|–|—|to|bis) \s? [$£€]? \d{2,3}(?:[,.']\d{3}
            |\s?k) (?:\b|\s?[€£$])
        | \b\d{1,3}(?:[.,]\d)?\s?(?:-|to|–)\s?\d{1,3}\s?lpa\b | \b\d{1,3}\s?lpa\b
        | [$£€]\s?\d{2,4} \s? (?:/|per|an?|p) \s? (?:h|hr|hour|day|d|stunde|tag)\b
        | \b(?:salary|base|comp|compensation|rate|gehalt|salaire|salario
            |pay)\b [^\n.!?]{0,30} \d{2,3}\s?k\b
        | \b\d{2,3}[.,']\d{3}\s?(?:€|eur|euro|chf|usd|gbp)""",
            re.VERBOSE,
        ),
        re.compile(r"[0-9$£€₹](?:\s?k\b|[.,']\d{3}|\s?lpa|\s?[€£]|(?<=[$£€₹])\s?[0-9])"),
    ),
    "call": _matched(
        "call|chat|calendly|min|coffee|phone|telefon|speak|teléfono|téléphon",
        r"""\bcalendly\b
        | \b(?:\d{2}|fifteen|thirty|quick|short|brief|exploratory|intro\w* |initial)[\s-]+(?:minutes?
            |mins?)?[\s-]*(?:call|chat|minutes?|mins?|conversation|phone)\b
        | \b(?:a|quick|have|hop \s on|jump \s on|schedule|set \s up|arrange
            |for \s a) \s (?:\w+ \s ){0,2}? (?:call|chat|coffee)\b
        | \bspeak \s (?:this|next|tomorrow|with)\b | \b(?:call|ring|text|reach) \s me\b
        | \bcall \s (?:this|next|tomorrow)\b | \btelefon(?:at|isch\w*|ieren)\b""",
    ),
    "role": _matched(_ROLES, rf"\b(?:{_ROLES})(?:s|in|e|/in|es)?\b"),
    "referral-fee": _said("referral fee|referral bonus|refer a friend|vermittlungsprämie|recommendation fee"),
    "seeks-job": _matched(
        "looking|searching|seeking|would like to apply|student|graduate|attached|enclosed|my cv"
        "|my resume|applying|internship|bewerb|bewerbung|hiermit",
        r"""\b(?:i'm|i \s am) \s (?:\w+ \s )? (?:looking|searching
            |seeking) \s (?:for \s )? (?:\w+ \s ){0,3}? (?:job|internship|work|employment|opportunit(?:y
            |ies)|role|position|traineeship)\b
        | \bmy \s (?:cv|resume|résumé) \s (?:is \s )? (?:attached|enclosed|below)\b
        | \b(?:attached|enclosed|find) \s (?:is \s )? my \s (?:cv|resume|résumé)\b
        | \bi \s (?:would|'d) \s like \s to \s apply\b | \b(?:i \s am|i'm) \s applying\b
        | \b(?:i \s am|i'm) \s a \s (?:\w+ \s ){0,2}?(?:student|graduate)\b | \bhiermit \s bewerbe\b
        | \bmeine \s bewerbung\b""",
    ),
    "sells": _matched(
        "we help|developers available|outsourc|offshore|nearshore|engineers available"
        "|our platform|demo|free trial|our services|lead gen|your business|our developers"
        "|our software|our solution|staff augmentation|our product|hire developers|your website"
        "|our tool|pipeline of",
        r"""\bwe \s help \s (?:\w+ \s ){0,2}? (?:companies|businesses|teams|startups|brands|founders
            |organi[sz]ations)\b
        | \b(?:developers|engineers|resources|consultants) \s available\b
        | \b(?:outsourc\w+|offshore|nearshore) \s (?:\w+ \s ){0,3}? (?:company|agency|firm|team
            |partner|development|services|developers)\b
        | \b(?:book|schedule|see|quick|short|get|a) \s (?:a \s )? demo\b | \bfree \s trial\b
        | \bour \s (?:services|platform|software|solution|product|tool|developers|offering)\b
        | \blead \s gen\w*\b | \bstaff \s augmentation\b | \bgrow \s your \s business\b
        | \byour \s (?:website|hiring \s needs|open \s roles|hiring \s pipeline)\b
        | \bhire \s developers\b""",
    ),
    "application": _matched(
        "appl|candidacy|other candidates|bewerbung|candidature|moving forward|your interview",
        r"""\b(?:your|ihre|deine|votre|ta) \s (?:\w+ \s ){0,2}? (?:application|candidacy|bewerbung
            |candidature)\b (?! \s (?:would|is \s welcome))
        | \bthank(?:s|\s you) \s for \s (?:applying|your \s (?:application|interest \s in))\b
        | \b(?:you|recently) \s applied\b
        | \bapplication \s (?:received|status|was|has \s been|submitted)\b
        | \b(?:move|moving|proceed\w*|moved) \s forward \s with \s other\b | \bother \s candidates\b
        | \bnot \s be \s (?:moving|proceeding)\b | \b(?:complete|finish) \s your \s application\b""",
    ),
    "alert": _matched(
        "job alert|new jobs|jobs for|jobs match|jobs near|recommended jobs|view job|jobs you"
        "|similar jobs|job recommendations|stellenangebote|offres d'emploi",
        r"""\bjob \s alerts?\b | \b\d+\+? \s (?:new \s )? jobs\b | \bnew \s jobs\b
        | \bjobs \s (?:for \s you|match\w*|near|you \s (?:may|might))\b
        | \b(?:recommended|similar) \s jobs\b | \bview \s jobs?\b | \bjob \s recommendations\b
        | \b(?:neue|passende) \s stellenangebote\b | \bnouvelles \s offres\b""",
    ),
    "commerce": _matched(
        "newsletter|your order|order confirm|invoice|receipt|has shipped|webinar|off"
        "|view in browser|view this email|digest|subscription|rechnung|bestellung|sale ends"
        "|password|your statement|payment|register now|early bird|enrollment|call for papers"
        "|submit to|conference|keynote|sponsor|meetup",
        r"""\bnewsletter\b | \byour \s order\b | \border \s (?:confirm\w+|\#|number)\b
        | \b(?:your|attached|an|the) \s (?:\w+ \s )?(?:invoice|receipt)\b | \bhas \s shipped\b
        | \bwebinar\b | \b\d\d\s?% \s off\b
        | \bview \s (?:this \s email \s )? in \s (?:your \s )? browser\b
        | \b(?:weekly|daily|monthly) \s digest\b | \b(?:your|manage|cancel) \s subscription\b
        | \bihre \s (?:rechnung|bestellung)\b | \bsale \s ends\b
        | \b(?:reset|change) \s your \s password\b | \byour \s (?:\w+ \s )?(?:statement|payment)\b
        | \bregister \s now\b | \bearly \s bird\b | \bopen \s enrollment\b | \bcall \s for \s papers\b
        | \b(?:submit|speak|talk) \s (?:to|at) \s (?:our|the |\w*conf\w*)\b | \bkeynote\b
        | \bsponsor(?:s|ship|ing)?\s(?:packages?|our|the)\b | \b(?:next|our) \s meetup\b""",
    ),
    "scam": _matched(
        "telegram|whatsapp|cheque|no experience|work from home|data entry|gift card|wire",
        r"""\b(?:on|via|through|to) \s telegram\b | \bche(?:que|ck) \s (?:to|for) \b
        | \bequipment \s che(?:que|ck)\b | \bno \s experience\b (?! \s with) | \byou \s are \s hired\b
        | \bgift \s cards?\b | \bdata \s entry\b""",
    ),
    "internal": _matched(
        "headcount|interview loop|standup|sprint|our team|eta|pull request|onboarding|interview panel",
        r"""\bheadcount\b | \binterview \s (?:loop|panel|feedback|debrief)\b | \bstand-?up\b
        | \bthe \s sprint\b | \bpull \s request\b | \blooking \s for \s an \s eta\b""",
    ),
    "code": _matched(
        "code|otp|tan|verification|passcode",
        r"""\b(?:verification|security|login|access|confirmation|one-time|auth\w*) \s (?:pass)?code\b
        | \byour \s (?:\w+ \s ){0,2}?(?:code|otp|passcode|pin)\b | \botp\b
        | \b(?:is|ist) \s (?:your|ihr|dein) \s (?:\w+ \s )?(?:code|tan)\b""",
    ),
    "stub": _said(
        "just messaged you|new message awaits|messages await|sent you a message|unread message"
        "|invited you to connect"
    ),
}
"""Signs that stand in the text of a message; names as in `signs.SIGNS`."""

IN_SENDER: Final = re.compile(
    r"recruit|resourc|talent|staffing|search|headhunt|placement|personalberat|personnel|jobs|careers?\b|-hr\b"
    r"|\bhr-|executive|hiring|manpower|consulting-hr|recrut|reclutamiento"
)
"""Words in a sender's domain or name that recruiters call themselves by."""
NO_REPLY: Final = (
    *("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "notification", "notify", "mailer"),
    *("bounce", "alerts", "newsletter", "updates", "marketing", "orders", "billing", "calendar-"),
)
"""Beginnings of addresses that nobody reads."""
ATS: Final = frozenset(
    {"greenhouse.io", "greenhouse-mail.io", "greenhouse-jobs.com", "lever.co", "ashbyhq.com", "myworkday.com"}
    | {"successfactors.com", "successfactors.eu", "icims.com", "smartrecruiters.com", "jobvite.com"}
    | {"workablemail.com", "rippling.com", "appreview.gem.com", "applytojob.com", "breezy-mail.com"}
    | {"recruitee.com", "teamtailor-mail.com", "comeet-notifications.com", "dover.io", "oracle.com"}
    | {"paycomonline.com", "newtonsoftware.com", "hackerrankforwork.com", "codesignal.com", "indeed.com"}
    | {
        "glassdoor.com",
        "ziprecruiter.com",
        "monster.com",
        "stepstone.de",
        "xing.com",
        "dice.com",
        "hired.com",
    }
    | {"wellfound.com", "angel.co", "untapped.io", "ripplematch.com", "naukri.com", "totaljobs.com"}
)
"""Domains of application systems and job boards; people who recruit seldom write from them."""


def _by_key() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return (needle, sign) of all needles by the letters they begin with."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, phrases in FOR.items():
        for needle in phrases.needles:
            (first, *_) = _WORD.findall(needle)
            if not needle.startswith(first):
                raise ValueError(f"{needle!r} begins with no word")
            found.setdefault(first[:_KEY], []).append((needle, name))
    return {key: tuple(needles) for key, needles in found.items()}


_BY_KEY: Final = _by_key()


def found_in(text: str) -> set[str]:
    """Return the signs that stand in a text, which is looked through once."""
    found: set[str] = set()
    tried: dict[str, int] = {}
    for word in _WORD.finditer(text):
        at = word.start()
        for needle, name in _BY_KEY.get(word[0][:_KEY], ()):
            if name in found or not text.startswith(needle, at):
                continue
            tried[name] = tried.get(name, 0) + 1
            if tried[name] <= _TRIES and FOR[name].fits(text, at):
                found.add(name)
    for name, phrases in FOR.items():
        if phrases.hint is not None:
            places = (hint.start() for hint in islice(phrases.hint.finditer(text), _TRIES))
            if any(phrases.fits(text, at) for at in places):
                found.add(name)
    return found
