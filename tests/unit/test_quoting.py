"""New text, quote, signature and footer are told apart, in the ways that mail programs write them."""

import pytest

from store.sources.quoting import Split, split
from support import no_hang

NEW = "Thank you, Dana, that sounds interesting."
OLD = "We have a role for you."


@pytest.mark.parametrize(
    "attribution",
    [
        "On Tue, 3 Mar 2026 at 10:01, Dana Whitfield <dana@northgate.example> wrote:",
        "On Tue, 3 Mar 2026 at 10:01, Dana Whitfield <\ndana@northgate.example> wrote:",
        "On Mar 3, 2026,\nat 10:01,\nDana Whitfield <dana@northgate.example> wrote:",
        "On 3 Mar 2026, Dana wrote",
        "---- On Tue, 03 Mar 2026 10:01:00 +0100 dana@northgate.example wrote ----",
        "Am 03.03.2026 um 10:01 schrieb Dana Whitfield:",
        'Am 03.03.2026 10:01 schrieb "Dana" <dana@northgate.example>:',
        "Le mar. 3 mars 2026 à 10:01, Dana <dana@northgate.example> a écrit :",
        "El mar, 3 mar 2026 a las 10:01, Dana (<dana@northgate.example>) escribió:",
        "Il giorno mar 3 mar 2026 alle ore 10:01 Dana ha scritto:",
        "Op di 3 mrt. 2026 om 10:01 schreef Dana <dana@northgate.example>:",
        "W dniu 2026-03-03 10:01, Dana pisze:",
        "Em ter., 3 de mar. de 2026 às 10:01, Dana escreveu:",
        "tir. 3. mar. 2026 kl. 10:01 skrev Dana <dana@northgate.example>:",
        "2026-03-03 10:01 GMT+01:00 Dana <dana@northgate.example>:",
    ],
)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_attributions(attribution: str, mark: str) -> None:
    """What stands behind `On … wrote:` is quoted, with or without marks, in nine languages."""
    found = split(f"{NEW}\n\n{attribution}\n\n{mark}{OLD}\n")
    assert (found.body, found.quoted) == (NEW, f"{attribution}\n\n{mark}{OLD}")


@pytest.mark.parametrize(
    "mark",
    [
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "-------- Ursprüngliche Nachricht --------",
        "-------- Message d'origine --------",
        "Begin forwarded message:",
        "From: Dana <dana@northgate.example>\nSent: Tuesday, 3 March 2026 10:01\nTo: Robin\nSubject: Role",
        "________________________________\nFrom: Dana <dana@northgate.example>\nSent: Tuesday 10:01",
        "*From:* Dana\n*Date:* Tuesday",
        "Von: Dana\nGesendet: Dienstag, 3. März 2026 10:01\nAn: Robin\nBetreff: Rolle",
        "De : Dana\nEnvoyé : mardi 3 mars 2026 10:01\nÀ : Robin\nObjet : poste",
        "From: Dana\nTo: Robin\nDate: Tuesday",
    ],
)
def test_marks_of_programs(mark: str) -> None:
    """What stands behind a program's mark is quoted to the end."""
    found = split(f"{NEW}\n\n{mark}\n\n{OLD}\n")
    assert (found.body, found.quoted) == (NEW, f"{mark}\n\n{OLD}")


@pytest.mark.parametrize(
    "text",
    [
        "On the other hand, we could meet.\n\nOn Thursday I am in London.",
        "On Thursday:\n\nWe meet at ten.",
        "The data comes From: our database.",
        "He wrote: come at 10.",
        "Responsibilities:\n\n----\n\n- the platform",
        "See https://x.example/on-3-mar-someone-wrote",
        "____________________\nJob description\n____________________\nText",
    ],
)
def test_lines_that_only_look_like_quotes(text: str) -> None:
    """Ordinary sentences and rules between paragraphs must not be cut."""
    assert split(text) == Split(text)


def test_answer_below_the_quote() -> None:
    """An answer below the quote is the body."""
    found = split(f"On 04/02/2026 06:26 PM, Robin wrote:\n> {OLD}\n{NEW}\n")
    assert (found.body, found.quoted) == (NEW, f"On 04/02/2026 06:26 PM, Robin wrote:\n> {OLD}")


def test_answers_between_quoted_lines_stay() -> None:
    """Quoted questions that are answered one by one stay where they are."""
    text = "On 3 Mar 2026, Robin wrote:\n> Which team?\n\nPlatform.\n\n> Which city?\n\nLondon."
    assert split(text + "\n\n> Dana\n") == Split(text, "> Dana")


def test_broken_lines_of_a_quote_belong_to_it() -> None:
    """A long quoted line that some program broke is no answer."""
    quote = f"On 3 Mar 2026, Robin wrote:\n> {'word ' * 14}\nend of it\n> more"
    assert split(f"{NEW}\n\n{quote}") == Split(NEW, quote)


def test_nothing_but_a_quote_stays() -> None:
    """A forwarded mail without a word of its own is the body: nothing must be empty."""
    text = f"---------- Forwarded message ---------\nFrom: Dana\nDate: Tuesday\n\n{OLD}"
    assert split(text) == Split(text)
    assert split("> a\n> b").body == "> a\n> b"


def test_short_answer_keeps_the_pitch_as_quote() -> None:
    """A recruiter who forwards their own mail with two words says most in what is quoted."""
    found = split(f"Bumping this\n\nOn 3 Mar 2026, Dana wrote:\n> {OLD}")
    assert found.body == "Bumping this"
    assert OLD in found.quoted


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nDana Whitfield\nNorthgate",
        "--\nDana",
        "Best regards,\nDana Whitfield\nPrincipal Recruiter\n+1 415 555 0132",
        "Best,\nDana",
        "Thanks & regards,\nDana",
        "Kind regards\n\nDana\n\n-- \nNorthgate",
        "Viele Grüße\nDana",
        "Mit freundlichen Grüßen\nDana",
        "Cordialement,\nDana",
        "Cheers 🎉\nDana\n\n—————\nDana Whitfield",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
    ],
)
def test_signatures(signature: str) -> None:
    """A signature is kept as its own: behind dashes, from the closing on, or a device's line."""
    assert split(f"{NEW}\n\n{signature}\n") == Split(NEW, "", signature)


@pytest.mark.parametrize(
    "text",
    [
        "I write because of:\n-- first point\n-- second point\n\nThanks!",
        "As regards the timeline, we are done by Friday.\nIn this regards we are careful.",
        "Sent from my desk, which is easier than the phone.",
        f"Hi Robin,\n\nThanks,\n{'this goes on as a long paragraph, ' * 5}end",
        "Thanks,\nDana",
    ],
)
def test_lines_that_only_look_like_signatures(text: str) -> None:
    """Sentences with the words of a closing stay, and a signature alone is the body."""
    assert split(text) == Split(text)


def test_disclaimer_and_ways_out() -> None:
    """Disclaimers and lines on how to unsubscribe are footer; the signature above them is found."""
    footer = "This e-mail is confidential and intended for the addressee.\n\nTo unsubscribe click here."
    found = split(f"{NEW}\n\nBest,\nDana\n\n{footer}")
    assert found == Split(NEW, "", "Best,\nDana", footer)


def test_a_pitch_that_speaks_of_confidence_stays() -> None:
    """A confidential search at the start of a mail is no footer."""
    text = "This message is confidential, and intended for you alone: " + "we look for a CTO. " * 10
    assert split(text).body == text.rstrip()


def test_all_parts_at_once() -> None:
    """A mail with everything must be taken apart completely."""
    quote = f"On 3 Mar 2026, Dana wrote:\n> {OLD}\n>\n> To unsubscribe reply"
    text = f"{NEW}\n\nBest,\nRobin\n\nSent from my iPhone\n\n{quote}\n"
    found = split(text)
    assert found.body == NEW
    assert found.signature == "Best,\nRobin\n\nSent from my iPhone"
    assert found.quoted == quote


@pytest.mark.parametrize(
    "text",
    [
        ">\na\n" * 200_000,
        "On 1\n" * 200_000 + "wrote:",
        "1 a\n" * 200_000 + "wrote",
        "From:x\n" * 100_000,
        "_____\n" * 100_000 + "From:",
        "<a@" * 200_000 + ">:",
        "thanks & " * 100_000,
        "a\n\n" * 200_000 + "unsubscribe",
        " " * 800_000 + "\n>",
    ],
)
def test_hostile_texts_take_a_moment(text: str) -> None:
    """No text of a megabyte is searched for as long as its square would take."""
    with no_hang():
        split(text)


@pytest.mark.parametrize(
    "line",
    ["1" * 190 + "<", "1 " * 95, "1" * 190 + ">:", "> " * 20 + "1 " * 100, "On " + "wrote " * 49, "wrote"],
)
def test_nearly_attributions_take_a_moment(line: str) -> None:
    """Lines that could begin an attribution must cost time in proportion to their number."""
    text = f"{NEW}\n" + f"{line}\n" * (1_000_000 // len(line)) + " wrote >: x\n"
    with no_hang():
        split(text)


def test_an_answer_that_says_wrote_below_a_quote_stays() -> None:
    """It is no part of the attribution above the quote, whatever its line ends with."""
    text = (
        "Hi Dana,\n\nOn Tue, 3 Mar 2026 at 10:01, Dana <dana@northgate.example> wrote:\n"
        "> Are you free from May?\nYes, as I wrote:\nI am free from May, and ask for 95,000.\n\n"
        "> And Lisbon?\nGladly."
    )
    assert split(text).body == text


@pytest.mark.parametrize("mark", ["BEGIN FORWARDED MESSAGE:", "Begin forwarded message:"])
def test_what_is_passed_on_below_dashes(mark: str) -> None:
    """The first mark counts, however it is spelt, and whatever stands below it."""
    found = split(f"Look:\n\n{mark}\nFrom: Dana\n\n{OLD}\n\n-- \nRobin")
    assert (found.body, found.quoted.partition("\n")[0]) == ("Look:", mark)
