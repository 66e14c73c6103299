"""Out of sight for now: snoozed to a date, or set aside."""

from store.demo_data.approach import Approach, inmail, linkedin, mail, reply, voicemail
from store.records.message import Contact

SNOOZED: tuple[Approach, ...] = (
    Approach(
        slug="frost",
        who=Contact(name="Julian Frost", email="julian.frost@merewood.example", firm="Merewood & Co"),
        company="Pallas Energy",
        pay="$225k",
        place="snoozed",
        until="today",
        labels=("climate",),
        note=("7d 19:00", "Their board meets today. No point before that."),
        lines=(
            mail(
                "8d 14:20",
                "Principal Platform Engineer, grid software",
                """
Hello Robin,

Pallas Energy keeps part of the northern grid in balance with software
that was written by two physicists, who would like to be physicists again.

They sign off the headcount at their next board meeting. I wanted you to
hear of it before the whole city does.

Julian
""",
            ),
        ),
    ),
    Approach(
        slug="chen",
        who=Contact(
            name="Mei Chen", email="mei@longbridge.example", phone="+1 408 555 0177", firm="Longbridge Search"
        ),
        company="Sundial",
        pay="$250k + equity",
        mandate="retained",
        place="snoozed",
        until="+12d 08:00",
        note=(
            "10d 18:45",
            "Said: after our migration. She said she would rather wait than hurry me. Good sign.",
        ),
        lines=(
            mail(
                "12d 11:00",
                "Staff Infrastructure Engineer at Sundial",
                "Robin, they build calendars for hospitals, and nobody may be double-booked into "
                "surgery. That is "
                "the whole pitch. When is a good time in your year to think about such a thing?\n\nMei",
            ),
            reply(
                "10d 18:40",
                "Re: Staff Infrastructure Engineer at Sundial",
                "Not before our migration is through, in about three weeks. Ask me then?\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="delgado",
        who=Contact(name="Oscar Delgado", firm="Tidepool Recruiting"),
        role="Senior Software Engineer",
        place="snoozed",
        until="+30d 08:00",
        lines=(
            linkedin(
                "9d 17:17",
                "Hola Robin! New budgets in January, three teams, all Rust. Want me to ping you then?",
            ),
            linkedin("8d 10:00", "(No answer needed, by the way. I put it in my calendar.)"),
        ),
    ),
    Approach(
        slug="abernathy",
        who=Contact(
            name="Ruth Abernathy", email="ruth@abernathy-partners.example", firm="Abernathy Partners"
        ),
        company="Crane & Loom",
        mandate="exclusive",
        place="snoozed",
        until="+4d 08:00",
        labels=("leadership",),
        lines=(
            mail(
                "3d 08:02",
                "Head of Developer Experience",
                """
Good morning Robin,

I have read your last three posts twice. The brief asks for somebody who
can explain why a build is slow to a chief financial officer. I have met
forty engineers this quarter, and I would like you to be the forty-first.

I shall be in Portland next week, Tuesday to Thursday, and I pay for lunch.

Yours,
Ruth Abernathy
""",
            ),
        ),
    ),
    Approach(
        slug="mansour",
        who=Contact(name="Tariq Mansour", phone="+1 720 555 0113", firm="Summit Staffing"),
        role="Cloud Architect",
        place="snoozed",
        until="+2d 17:30",
        lines=(
            voicemail(
                "2d 15:48",
                27,
                "Hello Robin, Tariq at Summit. Cloud Architect, Denver, relocation paid, and the "
                "manager is a "
                "friend of mine, so I can tell you how he really is. Best after five.",
            ),
        ),
    ),
    Approach(
        slug="eriksen",
        who=Contact(name="Noor Eriksen", email="noor.eriksen@havn.example", firm="Havn Maritime"),
        company="Havn Maritime",
        mandate="in-house",
        place="snoozed",
        until="+20d 08:00",
        lines=(
            mail(
                "13d 13:37",
                "Senior Embedded Engineer, Bergen or remote",
                "Hi Robin, ships, satellites, bad weather. We are not in a hurry and neither are the "
                "ships. If "
                "you ever want to work on something that rusts, write to me.\n\nNoor",
            ),
        ),
    ),
    Approach(
        slug="whitaker",
        who=Contact(name="Sam Whitaker", email="sam@whitaker-search.example", firm="Whitaker Search"),
        company="Papertrail Bank",
        pay="$270k",
        place="snoozed",
        until="+6d 08:00",
        lines=(
            mail(
                "7d 16:16",
                "Principal Engineer, Reliability",
                "Papertrail wants to be the bank that never goes down on a Friday. I told them you'd "
                "laugh, and "
                "then that you'd have an idea. Laugh or idea?\n\nSam",
            ),
        ),
    ),
    Approach(
        slug="holm",
        who=Contact(name="Vera Holm", firm="Polar Talent"),
        role="Engineering Manager, Platform",
        place="snoozed",
        until="+45d 08:00",
        answered="30d 12:30",
        lines=(
            linkedin(
                "31d 09:09",
                "Dear Robin, our client opens an office in Portland next year. May I come back to you?",
            ),
        ),
    ),
)

ASIDE: tuple[Approach, ...] = (
    Approach(
        slug="fontaine",
        who=Contact(name="Léo Fontaine", email="leo@halfday.example", firm="Halfday"),
        place="aside",
        labels=("founders",),
        answered="9d 21:00",
        lines=(
            mail(
                "10d 18:18",
                "CTO for two days a month",
                "Robin, we lend experienced people to young companies for two days a month. No "
                "recruiting, no "
                "equity games, an invoice at the end. Might be something for you in a year, or in "
                "ten.\n\nLéo",
            ),
        ),
    ),
    Approach(
        slug="tan",
        who=Contact(name="Mira Tan", firm="Straits Search"),
        role="Head of Platform",
        company="Merlin Logistics",
        place="aside",
        lines=(
            inmail(
                "6d 02:30",
                "Head of Platform, Singapore",
                "Hello Robin, I know: eight thousand miles. But they would move the whole family, schools "
                "included, and two years are quickly over. Keep it for a rainy day.",
            ),
        ),
    ),
)

AWAY = (*SNOOZED, *ASIDE)
