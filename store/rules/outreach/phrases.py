"""What outreach reads like, in English, and the plainest of it in German, French and Spanish.

What they ask and offer stands in `phrases_asking`; how a phrase is written is told in `phrasing`.
"""

import re
from typing import Final

from store.rules.outreach.phrases_asking import ASKING

_ROLE = (
    "engineer|engineers|developer|developers|architect|architects|scientist|scientists|analyst|analysts"
    "|designer"
    "|designers|consultant|programmer|administrator|manager|managers|director|directors|cto|cfo|coo|ceo"
    "|ciso|cio|vp|svp"
    "|sre|sres|sdet|accountant|accountants|controller|nurse|nurses|counsel|dean|surgeon|physician|lawyer"
    "|lawyers|solicitor|technician|lecturer|pharmacist|therapist|economist|strategist|underwriter|actuary"
    "|chef"
    "|entwickler|entwicklerin|softwareentwickler|ingenieur"
    "|ingenieurin|leiter|leiterin|leitung|teamleiter|abteilungsleiter|berater|beraterin|geschäftsführer"
    "|vorstand"
    "|architekt|projektleiter|ingénieur|ingénieure|développeur|développeuse|directeur|directrice|architecte"
    "|ingeniero|ingeniera|desarrollador|desarrolladora|directora|arquitecto|arquitecta|jefe|jefa"
)
_LED = (
    "team|tech|technical|engineering|platform|data|product|security|design|practice|delivery|infrastructure"
)
"""What somebody leads; the word `lead` alone is as often something else."""
_FIELD = (
    "senior|staff|principal|lead|head|director|vp|chief|founding|contract|permanent|perm|interim|leadership"
    "|executive|engineering|backend|frontend|fullstack|stack|ios|android|mobile|software|devops|python"
    "|java|golang"
    "|rust|kotlin|platform|infrastructure|cloud|security|clinical|nursing|finance|legal|directorship"
)
_POST = (
    "role|roles|position|positions|opportunity|opportunities|job|jobs|opening|openings|vacancy|vacancies|post"
)
_GROUP = "team|group|department|practice|function|division|centre|center|office|squad|squads|org"
_SEEN = (
    "profile|linkedin|background|github|work|talk|post|posts|article|articles|write|writeup|writing|blog"
    "|experience"
    "|cv|resume|résumé|paper|papers|portfolio|details|repo|project|projects|career|publications|track"
)

FOR: Final[dict[str, tuple[str, ...]]] = {
    "profile": (
        "came|come|coming|stumbled across|upon|over *1 your|you|you're",
        (
            "found|saw|seen|read|noticed|reviewed|reviewing|viewed|viewing|love|loved|watched|enjoyed"
            f"|spotted *2 your *1 {_SEEN}"
        ),
        f"looked|looking at|through your *1 {_SEEN}",
        "found|saw|spotted you on|at",
        "saw|see|noticed|read that? you've|you|you're led|leading|built|building|worked|spent|spoke",
        (
            f"your *3 {_SEEN} *6 stood|stands|caught|impressed|impressive|impresses|match|matches|matched"
            "|aligns|align|aligned"
            "|fits|fit|looks|resonated|piqued|seems|relevant|exactly|strong|admire|admired"
        ),
        "impressed by|with *1 your",
        "your name *3 suggested|recommended|mentioned|put|up",
        "you were|came recommended|up",
        "you've shipped|led|built|scaled|run *8 exactly|kind|sort|background",
        "ihr|dein|ihrem|deinem|ihres|deines|ihren|deinen *2 profil|profils|werdegang|hintergrund",
        "auf *1 sie|dich *1 aufmerksam|gestoßen",
        "votre|ton *1 profil|parcours",
        "tu|su|vuestro perfil|trayectoria",
    ),
    "client": (
        "my|our *2 client|clients",
        "client of mine|ours",
        "a|an *3 client *2 who|that|is|in|based|needs|looking",
        "direct|end client",
        "behalf of *1 a|an|my|our|the",
        "retained|mandated|instructed|commissioned by|to|on|exclusively|search|for",
        "exclusively retained|engaged|instructed|mandated|for",
        (
            "retained|exclusive|confidential *1 search|mandate|assignment|brief|role|position|replacement"
            "|appointment"
        ),
        "asked|engaged|appointed|hired me|us to find|hire|help|source|identify|recruit|appoint",
        (
            "working|partnering|partnered|partner with *7 who|that|which *3 looking|hiring|seeking|searching"
            "|need|needs|want"
        ),
        "helping|supporting|assisting|advising *6 hire|recruit|find|appoint|appointment|search",
        "supporting|representing a|an *4 who|that|which|in|with",
        "business|company|startup|firm|bank|fund|practice i|we *1 partner|support|represent|recruit",
        "advising|assisting *6 appointment|search|hire|identifying|succession|successor",
        "client has|needs|wants|is|would|asked",
        "the|this search *1 obliges|is|for|on|i",
        (
            "mein|unser|meinen|unseren|meines|unseres|meinem|unserem|einen|einem|eines *2"
            " kunde|kunden|mandant|mandanten|auftraggeber|auftraggebers|klienten"
        ),
        "auftrag von|eines|einer|unseres|meines",
        "exklusiv|uns *6 beauftragt|mandatiert",
        "mon|notre|mes|nos|un *2 client|clients",
        "compte d'un|de|d'une *2 client|société|entreprise",
        "mandaté|mandatée|mandatés par|pour",
        "mi|nuestro|nuestros|un *1 cliente|clientes",
    ),
    "recruiter": (
        "i'm|am|as|i a|an|the|your *3 recruiter|headhunter|sourcer",
        (
            "principal|senior|lead|technical|tech|executive|corporate|agency|it|contract|internal|house"
            " recruiter|recruitment"
        ),
        "recruiter at|with|for|here|@|on",
        (
            "recruitment|recruiting|recruiter|resourcing consultant|partner|manager|lead|specialist|agency"
            "|adviser|advisor"
            "|associate|director|team|coordinator|firm|officer|business"
        ),
        "i|we *1 recruit|headhunt|source",
        (
            "i|we place lawyers|engineers|developers|people|leaders|executives|candidates|nurses|talent"
            "|finance|senior|tech"
        ),
        (
            "specialise|specialize|specialising|specializing *4 recruiting|recruitment|placing|placements"
            "|hiring|search"
        ),
        "i|we *1 head|lead|run|manage|handle *2 recruiting|talent|recruitment|hiring|sourcing",
        (
            "talent partner|acquisition|scout|sourcer|advisor|adviser|lead|manager|team|specialist|consultant"
            "|attraction"
        ),
        "people partner|team|function at|here|@|of|with",
        "people partner|partnerin",
        "from|with|w|at *2 recruiting|recruitment|resourcing|staffing",
        "recruiting|recruitment @|at",
        "this is|it's *4 talent|search|partners|resourcing|recruitment|staffing|recruiting",
        "head hunter|hunters",
        "executive search|recruiter",
        "search partner|partners|firm|consultant",
        "staffing agency|firm|partner|consultant|solutions",
        "i *1 hire for|across",
        (
            "sourcer|headhunter|headhunting|personalberatung|personalberater|personalberaterin"
            "|personalvermittlung"
            "|recrutement|recruteur|recruteuse|reclutador|reclutadora|recruiterin"
        ),
        "chasseur|chasseuse|chasseurs de têtes",
        "selección de personal|talento",
    ),
    "hiring": (
        "we're|are|is|i'm|am|currently|also|now|actively|team's|they're *1 hiring|recruiting",
        "hiring|recruiting for|a|an|our|their|manager|another|multiple|several|senior|staff",
        (
            "looking|searching|seeking|need|needs|want|wants|after|require|requires|hire|find|appoint|recruit"
            "|add|bring|seeks"
            f"|recruiting|hiring|recruits *3 a|an|our|their|its|another|first|next *4 {_ROLE}"
        ),
        f"looking|searching for|to *1 {_ROLE}|someone|hire|fill|add|bring",
        f"need|needs|looking|searching *1 for|our|their|a|an *5 {_ROLE}|hire",
        "seeking a|an *3 candidate|professional|leader|individual|person|someone",
        f"need|needs|want|seek *2 {_FIELD} *1 {_ROLE}",
        f"{_ROLE} *2 needed|required|wanted|sought",
        "opening|openings for|in|at|as|with|within|that|here",
        "vacancy|vacancies",
        "urgent|immediate|direct|new|our|this|the requirement|requirements *2 for|with|below|.|from|in",
        "urgent|immediate requirement|requirements|opening|need|hire",
        f"{_FIELD} *2 {_POST}",
        f"{_ROLE} {_POST}",
        (
            "role|roles|position|positions|opportunity at|with|within|as|based|here|i|i'm|i've|we|we're"
            "|available|reporting|would"
        ),
        "role|position in|for|of|is *2 our|a|an|my|head|the|at|team",
        (
            "open|exciting|interesting|career|leadership|fantastic|confidential|amazing|job opportunity"
            "|opportunities|role"
            "|roles|position|positions|move|challenge"
        ),
        "new|this|an|great|the opportunity|opportunities",
        (
            "have|got|filling|fill a|an|one|two|three|some|several|this|our *1 role|roles|position|positions"
            "|opportunity|opening"
        ),
        (
            f"have|got|filling|fill|about|re|regarding|discuss a|an|the|this|our|your *2 {_ROLE}|{_FIELD} *1"
            f" {_POST}|seat|spot"
        ),
        f"{_ROLE}|{_FIELD} *1 search|assignment|brief|hire",
        "few|couple|several|some *2 roles|positions|things|opportunities on|that|you",
        "senior|open|key posts|post|roles|positions|vacancies *1 unfilled|open|vacant",
        "bring|hire|add|want|need somebody|someone like|with|to|who *1 you|in|own|lead|run|build",
        "identify|identifying|find|finding|appoint|appointing *2 successor|successors|replacement",
        "put you forward",
        f"are|is after a|an|our|their *3 {_ROLE}|eng|lead|head",
        "technical cofounder",
        "have|got|new|picked|working *4 brief|mandate|spec",
        "send|want|see|share|the|full *2 spec|jd",
        "jd|description below|attached",
        f"we|we're|are|i'm|am|currently *2 growing|expanding|building|scaling *5 {_GROUP}",
        "first|founding|next|key|early *2 hire|hires|engineer|engineers|employee",
        "new|live|retained|current search|searches",
        "search|searches i'm|we're|i|on|for",
        "join us|as",
        "join|joining our|their|the *3 team|company|startup|leadership|board|group",
        "potential|prospective|being *1 candidate|candidates",
        "candidate for",
        "you for this|the|a *2 role|position|opportunity",
        "search committee",
        "filling the|this|a|our *2 post|role|position|seat",
        "establishing|opening a|an|our *3 team|centre|center|office|hub",
        "m|w w|m d|x",
        "h|f f|h",
        "job|role title",
        f"suchen|suche|sucht|gesucht|besetzen *6 {_ROLE}|verstärkung|d",
        "wir|ich|für *8 suchen|suche",
        "suchen wir",
        f"suche nach *2 {_ROLE}",
        "nachfolgeregelung|nachbesetzung|neubesetzung",
        f"{_ROLE}|d gesucht",
        "stelle|position als|im|bei|zu",
        "besetzung|vakanz|vakanzen|festanstellung",
        "bauen *6 team *2 auf",
        "team *4 verstärken|erweitern|aufbauen|ausbauen",
        f"recrute|recrutons|recherche|recherchons|cherche|cherchons *8 {_ROLE}|responsable|talents",
        "nous|je|client recrute|recrutons",
        "renforçons|agrandissons|développons *3 équipe|équipes",
        "poste est",
        "poste de|d'ingénieur|de|à|chez",
        "nouvelles opportunités",
        "puesto|vacante|oferta de|para|en|.",
        "buscamos|seleccionamos|contratando",
        "necesita|necesitan|quiere|quieren *2 incorporar|contratar",
        "oportunidad en|de|como|.",
        "estamos|están *1 buscando|seleccionando|contratando",
    ),
    "fit": (
        (
            "great|strong|good|perfect|excellent|right|natural|ideal|amazing|real|close|brilliant *1"
            " fit|match|candidate|addition"
        ),
        "exactly what|who *2 we|they|my|our|the|i",
        "exactly the *2 background|person|profile|experience|kind|sort",
        "think|thought|thinking *2 of you|you'd",
        "think|thought|believe you|you'd *2 be|fit|suit|excel|good|great|right",
        "had|have you in mind",
        "you|had *3 in mind when|for",
        "might|could|would|may|i'd|you'd be a|an|of *3 fit|match",
        "person|people|someone|somebody like you",
        "experience|background|profile *2 spot on",
        "makes|make you *3 relevant|suited|fit|ideal|strong|candidate",
        "well|ideally|perfectly suited|placed",
        "you'd|would|could be *2 great|perfect|ideal|brilliant|excellent *3 for|addition|at|here",
        "fits|fit the|this|your|our *2 role|profile|position|background|bill|brief|spec|team",
        "passt|passen *6 profil|ihnen|dir|position|stelle|uns|rolle",
        "profil *4 passt|passen",
        "expérience|parcours|profil *4 pertinent|pertinente|idéal",
        "klingt *3 dir|ihnen",
        "correspond|correspondrait|correspondre *4 profil|poste|parcours|vous|recherche",
        "encaja|encajas|encajaría|encajarías",
    ),
    "role": (
        _ROLE,
        f"{_LED} lead|leads|leader|head",
        (
            "head|chief|vp|director of *1 "
            "engineering|product|data|platform|technology|security|infrastructure|cloud|finance|people"
            "|operations|design"
        ),
        "chief technology|information|product|operating|financial|executive officer",
        "staff|principal|senior eng|swe|dev",
        "specialist|officer|buyer|planner|teacher|principal role|position|vacancy|post",
        "cofounder|responsable",
    ),
    **ASKING,
}
"""By sign: what it reads like."""

SIGNED: Final = (
    *("recruit", "resourcing", "headhunt", "sourcer", "staffing", "talent", "personalberat", "recrut"),
    *("reclut", "executive search"),
)
"""In a signature each of these tells a recruiter."""
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
