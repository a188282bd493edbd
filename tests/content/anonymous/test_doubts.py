"""What no rule hides and may be a name is asked; what names nobody is not."""

from __future__ import annotations

import re

import pytest

from content.anonymous.masking import mask
from content.knowledge import Knowledge
from content.named_entities import HiddenKind, StoredName
from tests.content.anonymous.test_blind import KINDS, lines, words_of

ASKED = (
    ("ru", "правки для зелёный лист горят", "зелёный лист"),
    ("ru", "клиника доктор заяц молчит с пятницы", "доктор заяц"),
    ("ru", "студия лапки должна мне за макет", "лапки"),
    ("ru", "лось не отвечает", "лось"),
    ("ru", "жду ответа от шмякина из отдела", "шмякина"),
    ("ru", "заказчица лиана, торгуется за каждый рубль", "лиана"),
    ("ru", "компания дом у моря просит скидку", "дом у моря"),
    ("ru", "Роман закончила, редактор доволен.", "Роман"),
    ("en", "we work with redwood partners since spring", "redwood partners"),
    ("en", "invoiced redwood dental twice, crickets", "redwood dental"),
    ("en", "blue door owes me for two months", "blue door"),
    ("en", "a letter from zorb came late", "zorb"),
    ("en", "Summer hours end soon.", "Summer"),
)
SURE = (
    ("ru", "Опять прислали правки в полночь и ждут ответа к утру."),
    ("ru", "жду денег от клиента, спорю с менеджером, пишу для сайта"),
    ("ru", "студия пропала, компания просит скидку, магазин открыт"),
    ("ru", "дедлайн горит, апрува нет, скинул макет в фигму"),
    ("ru", "Слава богу, аванс пришёл."),
    ("en", "They want it by Friday, from scratch, with no deposit."),
    ("en", "the client wants more edits for free, with thanks"),
    ("en", "the studio pays late, the agency is fine"),
    ("ru", "3-4 правки за 15-20 минут, ролик 1920x1080, СРОЧНО ПЕРЕДЕЛАТЬ"),
    ("en", "Photographer Lada Wind keeps the raw files."),
    ("en", "waiting for feedback from the manager, got silence"),
)


@pytest.mark.parametrize(("language", "text", "name"), ASKED)
def test_what_may_be_a_name_is_hidden_or_asked(
    knowledge: Knowledge, language: str, text: str, name: str
) -> None:
    masked = mask(knowledge.words(language), [text])
    asked = " ".join(form for each in masked.doubts for form in each.forms)
    left = [word for word in name.split() if word in masked.texts[0] and word not in asked]
    assert left == [], (masked.texts, asked)


@pytest.mark.parametrize(("language", "text"), SURE)
def test_what_names_nobody_is_not_asked(knowledge: Knowledge, language: str, text: str) -> None:
    asked = [each.forms for each in mask(knowledge.words(language), [text]).doubts]
    assert asked == []


@pytest.mark.parametrize(("language", "most"), [("ru", 1 / 10), ("en", 1 / 5)])
def test_of_harmless_lines_that_begin_like_names_few_are_asked(
    knowledge: Knowledge, language: str, most: float
) -> None:
    said = lines(f"sets_harmless_{language}")
    asked = [each for each in said if mask(knowledge.words(language), [each]).doubts]
    assert len(asked) <= most * len(said), asked


LEFT_OF_ROUNDS = {"ru": 0, "en": 2}
"""“Big” of “Big Mike,” and “eve and tyler”."""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_of_five_sets_hardly_a_form_is_neither_hidden_nor_asked(
    knowledge: Knowledge, language: str
) -> None:
    words, left = knowledge.words(language), []
    for line in lines(f"rounds_telling_{language}"):
        masked = mask(words, [re.sub(r"[{}]", "", line)])
        there = words_of(re.sub(r"\[[^]]*\]", " ", masked.texts[0])) - KINDS
        asked = words_of(" ".join(form for each in masked.doubts for form in each.forms))
        told = words_of(" ".join(re.findall(r"\{([^}]*)\}", line)))
        left += [(line, word) for word in there & told - asked]
    assert len(left) <= LEFT_OF_ROUNDS[language], left


@pytest.mark.parametrize("language", ["ru", "en"])
def test_of_32_lines_of_five_sets_full_of_capitals_two_lose_a_word(
    knowledge: Knowledge, language: str
) -> None:
    said = lines(f"rounds_harmless_{language}")
    hidden = [each for each in said if mask(knowledge.words(language), [each]).replacements]
    assert len(hidden) * 32 <= 2 * len(said), hidden


def test_what_is_asked_in_many_forms_is_asked_once_and_gone_once_it_is_hidden(
    knowledge: Knowledge,
) -> None:
    texts = ("жду шмякина", "письмо от шмякина", "шмякину писал")
    (doubt,) = mask(knowledge.words("ru"), texts).doubts
    known = tuple(StoredName(HiddenKind.ADDED, form) for form in doubt.forms)
    masked = mask(knowledge.words("ru"), texts, known)
    assert masked.doubts == ()
    assert not any("шмякин" in text for text in masked.texts)
