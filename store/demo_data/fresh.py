"""New: what nobody has looked at yet, or what came back with an answer."""

from store.demo_data.approach import Approach, Line, inmail, linkedin, mail, missed, reply, sms, voicemail
from store.records.message import Attachment, Contact

_BRIEF = """
Position summary, confidential until the second conversation

Client       Acme Robotics, Oakland, Series C, 180 people
Role         Staff Platform Engineer, the first on the team
Reports to   VP Engineering (joined in spring)
Why now      Eleven product teams share one build cluster that was
             sized for three. Two outages in August, both in public.
You would    own builds, deploys and the developer tools around them;
             hire two people in the first year
Pay          $230-260k base, 0.15-0.25 % equity
Where        remote in the US, three days a quarter in Oakland
Process      four conversations, no take-home, an answer in a week
Search       Northgate Search, exclusively engaged
"""

FRESH: tuple[Approach, ...] = (
    Approach(
        slug="whitfield",
        who=Contact(
            name="Dana Whitfield",
            email="dana.whitfield@northgate.example",
            phone="+1 415 555 0132",
            firm="Northgate Search",
        ),
        company="Acme Robotics",
        pay="$230-260k",
        mandate="retained",
        read=False,
        starred=True,
        labels=("robots",),
        lines=(
            mail(
                "9d 10:12",
                "Staff Platform Engineer at Acme Robotics",
                """
Hi Robin,

I came across your talk on build queues, and then your profile, and your
Kubernetes work stood out. I'm retained by a Series C robotics company in
Oakland to find their first Staff Platform Engineer. Base 230 to 260
thousand dollars, remote in the US.

I know you are happy where you are. Most of the people I end up placing
were. So I won't ask whether you are looking; I'd rather hear what would
have to be true for a role like this to be worth a second thought.

Open to fifteen minutes this week? The brief is below.
""",
                "Dana Whitfield\nPartner, Infrastructure & Platform\nNorthgate Search\n+1 415 555 0132",
                _BRIEF,
            ),
            missed("4d 17:40"),
            voicemail(
                "2h",
                41,
                """
Robin, Dana from Northgate again. I'll keep it short. They have moved the
deadline to the end of the month, and the VP read your talk and asked
about you by name. If the answer is no, a no is fine, just tell me why, it
helps me. And if it's a maybe: what would it cost us to talk? Four one
five, five five five, oh one three two.
""",
            ),
        ),
    ),
    Approach(
        slug="nair",
        who=Contact(name="Priya Nair", firm="Nimbus Health"),
        company="Nimbus Health",
        mandate="in-house",
        read=False,
        lines=(
            inmail(
                "1d 14:26",
                "Engineering Manager, Data",
                """
Hello Robin,

I lead talent for the data organisation at Nimbus Health. We are looking
for an Engineering Manager, Data: eight engineers, two of them very senior,
and a warehouse that grew faster than its tests.

Your move from staff engineer to leading the platform guild and back again
is what made me write. Half of our managers have gone back and forth, and
we think it makes them better at both.

Would you have twenty minutes with Tomasz, who you would report to? No CV
needed.

Priya
""",
            ),
        ),
    ),
    Approach(
        slug="jordan",
        who=Contact(
            name="Jordan \x1b[31mVale\u202e",
            email="jordan@quickhire.example",
            firm="[b]Quick[/b]Hire\u200b",
        ),
        read=False,
        lines=(
            mail(
                "2d 03:14",
                "[URGENT] \x1b]0;you were hired\x07Lead Engineer, reply NOW \u202egpj.reffo",
                """
Dear \x1b[5mROBIN\x1b[0m,

this message tries things. [@click=app.quit]Click here[/] for your offer,
or [bold red]here[/bold red]. \x1b[2J\x1b[HIf you can read this line, your
screen was not cleared. \x9b31mIt should not be red, either.

The salary is $\u202e000,002\u202c, the attachment is \u2066invoice\u2069\u200b.exe, and
[link=https://jobs.quickhire.example@evil.example]this link[/link] leads
somewhere else than it says.

Ringback shows all of it as the text that it is.
""",
            ),
        ),
    ),
    Approach(
        slug="unknown",
        who=Contact(phone="+1 503 555 0147"),
        read=False,
        lines=(missed("3d 12:08"), missed("2d 16:51")),
    ),
    Approach(
        slug="birch",
        who=Contact(name="Tom Birch", phone="+1 206 555 0118", firm="Harbor Resourcing"),
        role="Senior Python Engineer",
        read=False,
        lines=(
            voicemail(
                "4d 11:32",
                34,
                """
Hi, this is Tom Birch at Harbor Resourcing, I'm calling for Robin. I have a
Senior Python Engineer, payments, hybrid in Seattle, two days in the
office, one eighty to two hundred. The client decides quickly, so if you
could ring me back before Thursday, that would be lovely. Two oh six, five
five five, oh one one eight. Cheers.
""",
            ),
        ),
    ),
    Approach(
        slug="lee",
        who=Contact(name="Marcus Lee", email="marcus.lee@acme-robotics.example", firm="Acme Robotics"),
        company="Acme Robotics",
        mandate="in-house",
        labels=("robots",),
        note=("6d 18:20", "Same company as Dana's search. Ask whether he knows that she is engaged for it."),
        lines=(
            mail(
                "7d 09:05",
                "Infrastructure Lead in Oakland",
                """
Hi Robin, Marcus here, I run the infrastructure group at Acme Robotics.
Not a recruiter, just somebody with an open seat: Infrastructure Lead, five
people, mostly bare metal and a little cloud. Somebody at the Portland
meetup said I should talk to you. Are you the right Robin?
""",
            ),
            reply(
                "6d 18:12",
                "Re: Infrastructure Lead in Oakland",
                """
Hi Marcus,

right Robin. I'm not looking, but I'm curious. Is this the same opening
as the staff role that a search firm is filling for you, or another one?

Robin
""",
            ),
            mail(
                "1d 08:47",
                "Re: Infrastructure Lead in Oakland",
                """
Good question, and I had to ask around. It is a second one: theirs is the
individual role in the platform group, mine leads the people next door. If
you went through Northgate already, stay with them, I don't want to step
on that.

Happy to tell you more about both over a coffee. When would suit you?

Marcus
""",
                quoted="""
On Tue, Robin wrote:
> right Robin. I'm not looking, but I'm curious. Is this the same opening
> as the staff role that a search firm is filling for you, or another one?
""",
            ),
        ),
    ),
    Approach(
        slug="petrov",
        who=Contact(
            name="Nadia Petrov",
            email="nadia@kestrel-talent.example",
            phone="+1 312 555 0164",
            firm="Kestrel Talent",
        ),
        company="Lockgate",
        pay="$95/hr",
        mandate="contingent",
        lines=(
            mail(
                "5d 15:20",
                "DevOps Engineer, six months, remote",
                """
Robin,

six-month contract, fully remote, 95 dollars an hour. Lockgate needs a
DevOps Engineer to move them off a build system that its author took with
him. It is exactly as messy as it sounds and they know it.

I can have you on the phone with the CTO tomorrow.

Nadia
""",
            ),
            Line(
                channel="email",
                when="5d 15:21",
                subject="DevOps Engineer, six months, remote",
                body=(
                    "Robin,\n\nto hold the rate we need your bank details and a copy of your passport today. "
                    "Please answer to this address only.\n\nNadia"
                ),
                sender=Contact(name="Nadia Petrov", email="nadia.petrov@kestrel-talent-desk.example"),
                forges=1,
            ),
            mail(
                "3d 10:02",
                "Re: DevOps Engineer, six months, remote",
                """
Just floating this back up. They would take four days a week, too.

And a strange one: two candidates told me they had a copy of my last mail
from another address, asking for bank details. That was not me. I would
never ask for those.
""",
            ),
        ),
    ),
    Approach(
        slug="rossi",
        who=Contact(
            name="Sofia Rossi",
            email="s.rossi@quantsearch.example",
            phone="+1 212 555 0171",
            firm="Quant Search",
        ),
        mandate="exclusive",
        pay="$310k + bonus",
        labels=("leadership",),
        lines=(
            Line(
                channel="email",
                when="6d 19:44",
                subject="Head of Engineering | confidential",
                body="""
Dear Robin,

I am instructed by the founders of a profitable trading-technology company
(60 people, no outside investors) to find their Head of Engineering. They
would like somebody who has run platforms rather than departments.

I may name them once we have spoken. The brief is attached, and so is a
page on how we work, because you should know who you are dealing with
before you give me any of your time.

With kind regards,
Sofia Rossi
""".strip(),
                signature="Sofia Rossi · Quant Search\nNew York · +1 212 555 0171",
                attachments=(
                    Attachment(name="Head of Engineering - brief.pdf", type="application/pdf", size=184_320),
                    Attachment(name="How we work.pdf", type="application/pdf", size=61_440),
                ),
            ),
        ),
    ),
    Approach(
        slug="osei",
        who=Contact(name="Kim Osei", phone="+1 971 555 0109", firm="People First"),
        role="Network Engineer",
        lines=(
            sms(
                "8d 13:15",
                "Hi Robin! Kim from People First. Network Engineer, Portland, on site. Interested? :)",
            ),
            sms(
                "7d 09:30",
                "Morning! Did you get my text? They are interviewing this week. Even a quick no helps.",
            ),
        ),
    ),
    Approach(
        slug="martin",
        who=Contact(name="Élise Martin", email="elise@ateliernord.example", firm="Atelier Nord"),
        pay="CA$165-185k",
        lines=(
            mail(
                "11d 16:05",
                "Staff Data Engineer, climate startup",
                """
Bonjour Robin,

une petite équipe à Montréal measures how much carbon soils really hold,
and has drowned in its own sensor data. They need a Staff Data Engineer who
can say no to half of it. French is welcome, not needed; the whole team
switches for whoever is in the room.

I place about ten people a year and I have known the founder since école
secondaire. Ça vous dit, a short call?

À bientôt,
Élise
""",
                "Élise Martin\nAtelier Nord, Montréal",
            ),
        ),
    ),
    Approach(
        slug="adeyemi",
        who=Contact(name="Chris Adeyemi", phone="+1 646 555 0155", firm="Adeyemi & Stone"),
        role="Principal Engineer",
        company="Holloway Rail",
        lines=(
            missed("13d 10:01"),
            voicemail(
                "13d 10:03",
                22,
                "Robin, Chris Adeyemi, Adeyemi and Stone. Principal Engineer, signalling software, "
                "real trains. "
                "You'll like the trains. Ring me.",
            ),
            missed("12d 17:22"),
            voicemail(
                "12d 17:24",
                19,
                "Chris again. I'll stop after this one, I promise. Six four six, five five five, oh "
                "one five five.",
            ),
        ),
    ),
    Approach(
        slug="oneil",
        who=Contact(name="Oluwaseun O'Neil", firm="Seedling Talent"),
        role="Backend Lead",
        lines=(
            linkedin(
                "20d 12:40",
                """
Hey Robin, thanks for connecting! I look after early-stage companies. One
of them (seed, four people, AI for building permits) needs a Backend Lead.
Equity-heavy, obviously. Worth a look?
""",
            ),
        ),
    ),
)
