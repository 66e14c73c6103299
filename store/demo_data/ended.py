"""Done: declined, passed by, or never answered; and one in the trash."""

from store.demo_data.approach import Approach, call, inmail, linkedin, mail, missed, reply, sms
from store.records.message import Contact

ENDED: tuple[Approach, ...] = (
    Approach(
        slug="bauer",
        who=Contact(name="Jonas Bauer", email="jonas.bauer@isarpersonal.example", firm="Isar Personal"),
        place="done",
        lines=(
            mail(
                "12d 09:15",
                "Platform Engineer in München",
                "Hi Robin, is Munich an option at all? Four days on site.\n\nJonas",
            ),
            reply("12d 12:02", "Re: Platform Engineer in München", "Sorry, no. Good luck!\n\nRobin"),
        ),
    ),
    Approach(
        slug="kapadia",
        who=Contact(
            name="Anil Kapadia",
            email="akapadia@rapidstaff.example",
            phone="+1 972 555 0188",
            firm="RapidStaff",
        ),
        pay="$70/hr",
        mandate="contingent",
        place="done",
        answered="14d 10:00",
        lines=(
            mail(
                "15d 08:31",
                "SENIOR JAVA DEVELOPER - C2C - Dallas, TX",
                """
Hi,

Please find the below requirement and share your updated resume, visa
status and expected rate ASAP.

Title: Senior Java Developer
Location: Dallas, TX (day 1 onsite)
Duration: 12+ months
Rate: $70/hr on C2C
""",
            ),
        ),
    ),
    Approach(
        slug="moreau",
        who=Contact(
            name="Camille Moreau", email="camille@riviere.example", phone="+1 514 555 0103", firm="Rivière"
        ),
        company="Boréal Games",
        pay="CA$190k",
        place="done",
        labels=("remote",),
        note=(
            "40d 16:10",
            "Met: a producer who understands builds. Learned: they rewrite their tools every game.",
        ),
        lines=(
            mail(
                "48d 10:10",
                "Tools Engineering Manager at Boréal Games",
                "Robin, their builds take nine hours and their patience takes one. Would you look at it with "
                "them for half an hour? Whatever comes of it.\n\nCamille",
            ),
            reply(
                "47d 08:00", "Re: Tools Engineering Manager at Boréal Games", "Half an hour, gladly.\n\nRobin"
            ),
            call("40d 15:30", 32, "Lovely people. Not the right year."),
            reply(
                "40d 17:00",
                "Re: Tools Engineering Manager at Boréal Games",
                "Thank you for that talk, I enjoyed it. It is a no for now, and an honest \u201cask "
                "me in two "
                "years\u201d. Have them look at the asset cache first.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="okafor",
        who=Contact(name="Ngozi Okafor", email="ngozi@summerhill.example", firm="Summerhill Search"),
        mandate="retained",
        company="Wren Insurance",
        pay="$260k",
        place="done",
        starred=True,
        labels=("leadership",),
        lines=(
            mail(
                "95d 11:45",
                "VP of Platform & Infrastructure",
                "Dear Robin, Wren Insurance is rebuilding from the ground floor, and I am retained "
                "to find the "
                "person who holds the drawings. May I send you the brief?\n\nNgozi Okafor",
            ),
            reply(
                "94d 18:30",
                "Re: VP of Platform & Infrastructure",
                "I'm in the middle of a migration and would not do you justice. But Carla Reyes "
                "might be exactly "
                "right; I asked her, and you may write to her.\n\nRobin",
            ),
            mail(
                "93d 09:00",
                "Re: VP of Platform & Infrastructure",
                "That is generous, thank you. I will tell her who sent me, and you how it ends.\n\nNgozi",
            ),
            reply("93d 09:20", "Re: VP of Platform & Infrastructure", "Please do.\n\nRobin"),
        ),
    ),
    Approach(
        slug="santos",
        who=Contact(name="Rafael Santos", firm="Blue Harbor Talent"),
        role="Frontend Engineer",
        place="done",
        answered="21d 09:00",
        lines=(linkedin("22d 19:19", "Hey Robin, React wizard needed! Interested?"),),
    ),
    Approach(
        slug="berg",
        who=Contact(name="Astrid Berg", email="astrid@nordlys.example", firm="Nordlys"),
        company="Kelp",
        place="done",
        lines=(
            mail(
                "61d 07:40",
                "Staff Backend Engineer at Kelp",
                "Hello Robin, seaweed, seriously. They dry it, and the dryers talk to a backend that cries. "
                "Remote from anywhere with a coast.\n\nAstrid",
            ),
            reply(
                "60d 20:10",
                "Re: Staff Backend Engineer at Kelp",
                "Best subject of the year. Still no, I'd miss the trees.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="price",
        who=Contact(name="Gareth Price", phone="+1 303 555 0129", firm="Price Parker"),
        role="DevOps Engineer",
        place="done",
        lines=(
            missed("27d 14:05"),
            sms("27d 14:07", "Robin, Gareth Price here. DevOps, Boulder, on site. Yes or no is fine."),
            reply("27d 15:45", "", "No, thanks. And thanks for making that easy.", "sms"),
        ),
    ),
    Approach(
        slug="ito",
        who=Contact(name="Naomi Ito", email="naomi.ito@clearing.example", firm="Clearing House Talent"),
        company="Quill",
        pay="$205k",
        mandate="contingent",
        place="done",
        lines=(
            mail(
                "33d 10:55",
                "Senior Developer Experience Engineer",
                "Hi Robin, Quill is hiring for the team you said you'd want to be on, in that "
                "podcast. I listened "
                "to all of it, including the part about sourdough.\n\nNaomi",
            ),
            reply(
                "32d 21:05",
                "Re: Senior Developer Experience Engineer",
                "You did your homework. It is a step sideways for me, though. Could I pass it on to "
                "somebody?\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="hughes",
        who=Contact(name="Megan Hughes", firm="Fernlea"),
        role="Technical Program Manager",
        place="done",
        answered="70d 10:00",
        lines=(
            inmail(
                "71d 13:00",
                "Technical Program Manager, hardware launch",
                "Hi Robin, I think you would be great at this. Do you think so, too?",
            ),
        ),
    ),
    Approach(
        slug="silva",
        who=Contact(name="Duarte Silva", email="duarte@faro-search.example", firm="Faro Search"),
        company="Alba Maps",
        place="done",
        lines=(
            mail(
                "130d 15:15",
                "Engineering Manager, Data at Alba Maps",
                "Dear Robin, Lisbon, maps, good coffee, average pay. I believe in saying the last "
                "one first or "
                "last, never in the middle.\n\nDuarte",
            ),
            reply(
                "129d 18:00",
                "Re: Engineering Manager, Data at Alba Maps",
                "Last was right. No, but well put.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="mcallister",
        who=Contact(name="Fiona McAllister", phone="+1 313 555 0158", firm="Great Lakes Search"),
        role="Infrastructure Manager",
        place="done",
        lines=(call("88d 11:10", 6, "Asked for references before telling me the company. Said no."),),
        answered="88d 11:20",
        note=("88d 11:25", "Pushy. Not again."),
    ),
    Approach(
        slug="ahmadi",
        who=Contact(name="Shirin Ahmadi", email="shirin@paragon-people.example", firm="Paragon People"),
        company="Northlight",
        pay="$235k",
        mandate="exclusive",
        place="done",
        lines=(
            mail(
                "160d 09:30",
                "Staff Engineer, Developer Tools",
                "Hello Robin, one page, no adjectives: Northlight, 90 people, profitable, tools team "
                "of five, "
                "staff role, 235, remote. Questions?\n\nShirin",
            ),
            reply(
                "159d 19:45",
                "Re: Staff Engineer, Developer Tools",
                "More recruiters should write like this. I promised my team to stay until the "
                "migration is done, "
                "so no. Keep my number.\n\nRobin",
            ),
        ),
    ),
    Approach(
        slug="novak",
        who=Contact(name="Petra Nováková", firm="Vltava Digital"),
        role="Kubernetes Consultant",
        place="done",
        answered="45d 08:30",
        lines=(
            linkedin(
                "45d 07:50", "Hello Robin, freelance, Prague, two weeks, Kubernetes upgrade. Could be fun?"
            ),
        ),
    ),
    Approach(
        slug="reid",
        who=Contact(name="Alasdair Reid", email="a.reid@tarn.example", firm="Tarn Executive"),
        late=True,
        place="new",
        lines=(
            mail(
                "210d 12:00",
                "CTO for a family-owned manufacturer",
                "Dear Robin, an unusual one: ninety years old, owned by two sisters, and in need of "
                "a first CTO. "
                "I thought of you before I thought of anybody sensible.\n\nAlasdair Reid",
            ),
        ),
    ),
    Approach(
        slug="collins",
        who=Contact(name="Beth Collins", email="beth@harrow-talent.example", firm="Harrow Talent"),
        company="Lantern",
        late=True,
        place="new",
        lines=(
            mail(
                "185d 10:40",
                "Senior Site Reliability Engineer",
                "Hi Robin, do you know anybody for this? Or are you anybody for this? SRE, nights "
                "shared fairly, "
                "Lantern pays for both halves of a pager week.\n\nBeth",
            ),
            mail(
                "178d 10:40",
                "Re: Senior Site Reliability Engineer",
                "Trying once more, then I'll assume it's a no. That's fine, too.\n\nBeth",
            ),
        ),
    ),
    Approach(
        slug="offers",
        who=Contact(name="Work From Home Desk", email="desk@easy-offers.example"),
        place="trash",
        lines=(
            mail(
                "5d 04:44",
                "Earn $9,000 a week from your sofa",
                "Congratulations! You were selected. Send us your details to begin.",
            ),
        ),
    ),
)
