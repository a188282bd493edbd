"""English texts without names: whatever has a capital where none need be, and patterns."""

from __future__ import annotations

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge, Words
from content.named_entities import HiddenKind, StoredName

KNOWN = (
    StoredName(HiddenKind.CLIENT, "Vector Studio"),
    StoredName(HiddenKind.CLIENT, "Olivia Parker"),
)
TOLD = (
    ("Vector Studio hasn’t paid invoice #1042 since November 3, 2026.", "Vector 1042 November"),
    ("Olivia called at midnight. Parker’s team wants more, olivia said.", "Olivia Parker"),
    ("I met Mark Henderson at 14 Baker Street, Apt 5.", "Mark Henderson Baker 14"),
    ("Anna said the site was bad. Then anna wrote again.", "Anna"),
    ("Please write to kate.w@northpole.com or call +1 (415) 555-0199.", "kate northpole 555"),
    ("He promised that Bright Labs LLC would pay $2,500.", "Bright 2,500"),
    ("Sent the draft to the Paris office, no word from London.", "Paris London"),
    ("Grace keeps texting at night. See www.foo-bar.com/x", "Grace foo-bar"),
    ("Zofia won’t answer. zofia never does.", "Zofia"),
    ("Hello, here’s the weekly report for November 23–29.", "November 23 29"),
    ("Иван пишет по-русски", "Иван"),
    ("I met Mr. Brown. Ms. Price, please pay. Dr. Green is late.", "Brown Price Green"),
    ("Second Chance Bikes and Two Brothers Plumbing moved to New York.", "Second Two New York"),
    ("Paid through Western Union. Julie from Google called.", "Western Union Julie Google"),
    ("Find me at 1450 Broadway, Suite 301, Austin, TX 78701.", "1450 Broadway 301 TX 78701"),
    ("The rest by the fifth.", "fifth"),
    ("See notion.so/brief and bit.ly/abc.", "notion brief bit abc"),
    ("Smith said Frost is on vacation. Arthur Swift told Black.", "Frost Arthur Swift Black"),
)
HARMLESS = (
    "Yesterday he asked for a discount. Then silence. Honestly I can’t take it.",
    "The client asked for the fourth round of edits on Friday.",
    "They never pay on time. However, the work is good.",
    "We agreed on net 30 in March. Nobody signed.",
    "Why does everyone want it cheaper? Because my nephew could do it.",
    "Sent the PDF and the invoice by email, no reply on Slack either.",
    "I’m exhausted. Every Monday it starts again, and I can’t say no.",
    "Please send the texts by Thursday. Otherwise the launch moves.",
    "The 10 a.m. call moved to 6 p.m., then to 3 P.M., for a 1080p video.",
    "Hasn't paid for three months. Won’t pay for the rest, isn't paid for it.",
    "Animated it in After Effects for U.S. clients, by the fifth edit.",
)


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Words:
    return knowledge.words("en")


@pytest.mark.parametrize(("text", "gone"), TOLD)
def test_what_tells_who_somebody_is_is_hidden(words: Words, text: str, gone: str) -> None:
    (masked,) = mask(words, [text], KNOWN).texts
    for each in gone.split():
        assert each.casefold() not in masked.casefold(), masked


def test_of_ordinary_sentences_hardly_a_word_is_hidden(words: Words) -> None:
    hidden = [one.forms for one in mask(words, HARMLESS).replacements]
    assert len(hidden) <= 1, hidden
