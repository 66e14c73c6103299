"""The words that roles are made of, in lower case."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


LEVELS = words("""
    associate chief deputy distinguished executive experienced founding graduate group interim jr junior
    lead leading leitende leitender mid mid-level midlevel principal senior sr staff vice
""")
"""What says how far up."""
HEADS = words("""
    accountant administrator analyst architect architekt architektin berater beraterin cfo cio ciso
    consultant controller coo counsel cpo cto designer developer director développeur développeuse engineer
    entwickler entwicklerin ingenieur ingenieurin ingénieur ingénieure lawyer lead leiter leiterin manager
    nurse officer pharmacist programmer researcher scientist sdet solicitor specialist sre swe technician
    technologist
""")
"""What a role ends with."""
ALONE = words("""
    cfo cio ciso coo cpo cto sdet sre
""")
"""Heads that name a role without another word."""
LEADING = words("""
    abteilungsleiter abteilungsleiterin arquitecta arquitecto bereichsleiter bereichsleiterin desarrollador
    desarrolladora directeur directrice développeur développeuse ingeniera ingeniero ingénieur ingénieure
    leiter leiterin responsable teamleiter teamleiterin
""")
"""Heads that their domains follow: `Directeur technique`, `Ingeniero de datos`."""
PRESIDENTS = words("""
    evp president svp vp
""")
"""Offices that stand before a domain without `of`, too."""
OFFICES = PRESIDENTS | {"director", "head"}
"""What may be followed by `of` and a domain."""
DOMAINS = words("""
    .net account ai algorithm analytics android api application applications applied assurance audit
    automation autonomy aws azure back-end backend bi build business c c# c++ chain clinical cloud commercial
    community compiler compliance compute computer content controls core customer cyber cybersecurity data
    database datos deep delivery deployed design developer devops digital distributed django données edge
    electrical elixir embedded engineering enterprise entwicklung erp experience finance financial fintech
    firmware forward front-end frontend full full-stack fullstack functional game games gcp go golang
    graphics growth hardware haskell health identity information informatique infrastructure infrastruktur
    innovation integration integrations intelligence internal ios iot it java javascript kafka kernel kotlin
    kubernetes language learning legal linux llm logiciel low-level machine marketing mechanical media
    medical ml mlops mobile model motion net network networking nlp node nursing observability operations ops
    oracle partner payments people perception performance php planning plataforma platform platforms
    plattform pre-sales privacy process product production productivity program programme project projects
    property python qa quality quant quantitative rails ranking react relations release reliability rendering
    research risk robotics ruby rust sales salesforce sap scala science scrum search security seguridad
    server services simulation sistemas site social software solution solutions sql stack storage strategy
    streaming success supply support swift system systems tax team tech technical technik technique
    technology test testing tooling tools typescript ui user ux validation verification vision voice ward web
    windows
""")
"""What the work is about, and with."""
COMPOUNDED = (
    *("entwickler", "entwicklerin", "architekt", "architektin"),
    *("ingenieur", "ingenieurin", "berater", "beraterin"),
)
"""Heads that German writes as one word with their domain."""
NOT_A_ROLE = words("""
    community conference jobs meetup newsletter recruiter recruiters recruiting recruitment salaries
    salary survey talent
""")
"""What follows a role's words when they name a trade or many people."""
AFTER_LEAD = words("""
    at for in job needed opening opportunity position role wanted with
""")
"""What may follow `lead` where it is no verb."""
_CAPITALS = (
    "ai api aws bi cio ciso cpo cto erp evp gcp iot it llm ml nlp php qa sap sdet sql sre svp swe ui ux vp"
)
SPELLED = {word: word.upper() for word in words(_CAPITALS)} | {
    "sr": "Senior",
    "jr": "Junior",
    "ios": "iOS",
    "devops": "DevOps",
    "mlops": "MLOps",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    ".net": ".NET",
    "of": "of",
    "de": "de",
    "des": "des",
    "du": "du",
    "and": "and",
}
"""How words are written that no rule of capitals covers."""
SAME = dict.fromkeys(("developer", "programmer", "entwickler", "entwicklerin", "ingenieur"), "engineer") | {
    "sr": "senior",
    "jr": "junior",
    "back-end": "backend",
    "front-end": "frontend",
    "full-stack": "fullstack",
    "golang": "go",
    "platforms": "platform",
    "systems": "system",
    "operations": "ops",
}
"""Words that mean the same when roles are compared."""
