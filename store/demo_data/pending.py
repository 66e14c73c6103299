"""Under way: to be answered later, or waiting for them."""

from store.demo_data.approach import Approach, call, inmail, linkedin, mail, reply, sms
from store.records.message import Contact

LATER: tuple[Approach, ...] = (
    Approach(
        slug="vogt",
        who=Contact(name="Lena Vogt", firm="Talentwerk"),
        role="Senior Java-Entwickler",
        place="later",
        note=("8d 20:15", "Answer in German. Ask what \u201cgelegentlich vor Ort\u201d means in days."),
        lines=(
            linkedin(
                "9d 11:20",
                """
Guten Tag Robin,

für ein mittelständisches Unternehmen in Köln (Messtechnik, 400 Leute,
seit drei Generationen in Familienhand) suche ich einen Senior
Java-Entwickler (m/w/d). Größtenteils remote, gelegentlich vor Ort, und
ausdrücklich keine Überstunden.

Sie haben laut Profil ein paar Jahre in Aachen gearbeitet, deshalb frage
ich auf gut Glück: Wäre eine Rückkehr für Sie überhaupt denkbar?

Mit freundlichen Grüßen
Lena Vogt, Talentwerk
""",
            ),
        ),
    ),
    Approach(
        slug="cole",
        who=Contact(
            name="Hannah Cole",
            email="hannah@brightwater.example",
            phone="+1 617 555 0126",
            firm="Brightwater Partners",
        ),
        company="Tallow",
        pay="$240k",
        mandate="contingent",
        place="later",
        lines=(
            mail(
                "3d 09:48",
                "Engineering Manager, Developer Experience",
                """
Hi Robin,

three things, then I'll leave you alone:

1. Tallow (design tools, 300 people) wants an Engineering Manager for
   developer experience. Six engineers, all of whom asked for a manager.
2. 240 base, Boston or remote on Eastern time.
3. I work on contingency, so somebody else may send you the same role. If
   they do, go with whoever you like better.

Questions welcome, small ones too.

Hannah
""",
                "Hannah Cole\nBrightwater Partners\n+1 617 555 0126",
            ),
        ),
    ),
    Approach(
        slug="tanaka",
        who=Contact(name="Yuki Tanaka", email="yuki@ternlabs.example", firm="Tern Labs"),
        company="Tern Labs",
        place="later",
        labels=("founders",),
        lines=(
            mail(
                "2d 21:33",
                "Founding Engineer",
                """
Robin, we met for four minutes at the coffee queue in Vancouver. You said
most deploy tools are apologies. I have been thinking about that since.

There are two of us and money for eighteen months. I'd like the third to
be somebody who finishes that sentence with code.

No rush. But some.

Yuki
""",
            ),
        ),
    ),
)

WAITING: tuple[Approach, ...] = (
    Approach(
        slug="diallo",
        who=Contact(
            name="Amara Diallo",
            email="amara.diallo@sable.example",
            phone="+1 202 555 0140",
            firm="Sable Executive",
        ),
        company="Orchard Pay",
        pay="$280-320k",
        mandate="retained",
        place="waiting",
        until="0d 09:00",
        starred=True,
        labels=("leadership",),
        note=("4d 17:30", "Sounded prepared. Knew what the job is not. Call back if silent by the date."),
        lines=(
            mail(
                "8d 10:30",
                "Director of Platform at Orchard Pay",
                """
Dear Robin,

Orchard Pay has asked us to find a Director of Platform. Their previous
one was promoted, which I mention because it is rarer than it should be.

I would value your view of the brief even if the role is not for you.

Amara Diallo
""",
            ),
            call("5d 16:00", 24, "Budget is approved, start in spring, board wants somebody external."),
            reply(
                "4d 17:20",
                "Re: Director of Platform at Orchard Pay",
                """
Thank you for the call. Two questions before I can say more: who decides
in the end, and may I talk to somebody who left the team this year?

Robin
""",
            ),
        ),
    ),
    Approach(
        slug="castellanos",
        who=Contact(name="Ben Castellanos", email="ben@redwoodtalent.example", firm="Redwood Talent"),
        company="Mosaic Freight",
        pay="$215k",
        mandate="contingent",
        place="waiting",
        until="+3d 08:00",
        lines=(
            mail(
                "6d 13:11",
                "Staff Site Reliability Engineer, Mosaic Freight",
                "Hi Robin, Mosaic is hiring their second staff SRE and the first one asked for you. "
                "Shall I tell "
                "you more, or would you rather hear it from her? I can make that happen.\n\nBen",
            ),
            reply(
                "2d 08:15",
                "Re: Staff Site Reliability Engineer, Mosaic Freight",
                "From her, gladly. Thursday or Friday after four.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="lindholm",
        who=Contact(
            name="Grace Lindholm", email="grace.lindholm@lumen-analytics.example", firm="Lumen Analytics"
        ),
        company="Lumen Analytics",
        mandate="in-house",
        place="waiting",
        until="+5d 08:00",
        lines=(
            mail(
                "10d 12:00",
                "Director of Data Science at Lumen Analytics",
                """
Hello Robin,

you may wonder why a data science role lands with a platform person. Our
last two directors were scientists, and both drowned in plumbing. This
time we start from the plumbing.

Grace
""",
            ),
            reply(
                "6d 09:05",
                "Re: Director of Data Science at Lumen Analytics",
                "That is the most honest pitch this month. Could you send me the org chart and last year's "
                "incident list? I'd read both before we talk.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="zielinski",
        who=Contact(name="Paweł Zieliński", phone="+1 773 555 0192", firm="Vistula Contracting"),
        role="Platform Engineer",
        pay="$110/hr",
        place="waiting",
        until="+2d 08:00",
        lines=(
            sms(
                "3d 18:02",
                "Hi Robin, Paweł here (Vistula). Platform Engineer, 3 months, $110/hr, start in January?",
            ),
            reply(
                "3d 19:30",
                "",
                "Hi Paweł, evenings only, ten hours a week at most. Would they take that?",
                "sms",
            ),
        ),
    ),
    Approach(
        slug="rahman",
        who=Contact(name="Fatima Rahman", firm="Copperfield Group"),
        company="undisclosed",
        place="waiting",
        until="+8d 08:00",
        lines=(
            inmail(
                "5d 07:55",
                "VP Engineering, infrastructure software",
                """
Robin, I'll be direct. VP Engineering, infrastructure software, 120 people,
growing without burning money. They asked me for somebody who still reads
code. Your commits are public, so I looked. Call me?
""",
            ),
            reply(
                "4d 12:12",
                "",
                "Thanks for reading. Is this search retained or contingent, and how many people have "
                "you sent them?",
                "linkedin_inmail",
            ),
        ),
    ),
)

PENDING = (*LATER, *WAITING)
