"""How questions and answers read, wherever they are named."""

from __future__ import annotations

from collections.abc import Sequence

from content.knowledge import Words
from content.models import SKIP, OptionId, QuestionId, QuestionWords, SignWords


def words_of(words: Words, question: QuestionId) -> SignWords | QuestionWords:
    """Return the words of a sign or a question of the self-reflection."""
    return words.signs.get(question) or words.questions[question]


def name_of(words: Words, question: QuestionId) -> str:
    """Return the title of a sign or a question."""
    return words_of(words, question).name


def short_of(words: Words, question: QuestionId) -> str:
    """Return the few words that stand before the dash in a list."""
    return words_of(words, question).short


def label_of(words: Words, question: QuestionId, option: OptionId) -> str:
    """Return an answer as it stands on its button."""
    if option == SKIP:
        return words.texts("assess.skip")
    return str(getattr(words_of(words, question).labels, option))


def state_of(words: Words, question: QuestionId, option: OptionId) -> str:
    """Return an answer as it reads after a dash: «часто»."""
    if option == SKIP:
        return words.texts("assess.skipped")
    return str(getattr(words_of(words, question).states, option))


def reason(words: Words, question: QuestionId, option: OptionId) -> str:
    """Return «платит поздно — часто»."""
    answer = state_of(words, question, option)
    return words.texts("common.answered", what=short_of(words, question), answer=answer)


def sentence(text: str) -> str:
    """Return a text with a capital letter."""
    return text[:1].upper() + text[1:]


def after_colon(text: str) -> str:
    """Return a sentence as it reads after a colon or a dash: «Первый шаг — выписать…»."""
    return text[:1].lower() + text[1:]


def quoted(words: Words, phrase: str) -> str:
    """Return «phrase», the full stop where the language has it, quotations in it in „these“."""
    quotes = words.typed.quotes
    opening, closing = quotes.outer[0], quotes.outer[1]
    inner = phrase.translate(str.maketrans(quotes.outer, quotes.inner))
    if inner.endswith(".") and not quotes.stop_inside:
        return f"{opening}{inner[:-1]}{closing}."
    return f"{opening}{inner}{closing}"


def stopped(words: Words, text: str) -> str:
    """Return a text with its full stop, which some languages have within a closing quotation."""
    closing = words.typed.quotes.outer[1]
    if words.typed.quotes.stop_inside and text.endswith(closing):
        return text[:-1].rstrip(".,") + "." + closing
    return f"{text}."


def quoted_list(words: Words, names: Sequence[str]) -> str:
    """Return «one», «other». with the marks where the language has them beside quotations."""
    marks = [","] * (len(names) - 1) + ["."]
    if words.typed.quotes.stop_inside:
        return " ".join(quoted(words, name + mark) for name, mark in zip(names, marks, strict=True))
    return " ".join(quoted(words, name) + mark for name, mark in zip(names, marks, strict=True))
