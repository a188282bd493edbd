"""Forms that agree: an accusative phrase in another case, and the verb that is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.checking.reading import Token
from content.russian.morphology import Parse, morphology

_FEW = frozenset({"два", "две", "три", "четыре", "оба", "обе"})
_GENDERS = frozenset({"masc", "femn", "neut"})


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun with its adjectives in the case it is needed in."""

    text: str
    gender: str
    """``plur``, or the gender of a singular."""
    some: bool = False
    """«Задач» of «накидали задач»: the verb comes first, «добавилось задач»."""


def in_case(words: Sequence[Token], noun: Token, case: str, *, negative: bool) -> Thing | None:
    """Return an object in another case: «новую смету» → «новая смета», None where it is none.

    ``words`` stand before the noun; a negated verb may have its object in the genitive.
    """
    if counted := [word for word in words if word.is_number or word.pos == "NUMR"]:
        few = ends_in_few(counted[-1].low)
        text = " ".join(word.text for word in (*words, noun))
        return Thing(text, "plur" if few else "neut") if case == "nomn" else None
    if _is_foreign(noun):
        return None
    number = _number(words)
    cases = ("accs", "gent") if negative else ("accs",)
    found = [r for wanted in cases for r in noun.readings if _is_noun(r, wanted, number)]
    # What is sent or given back is a thing: «глава» of a book, not of a firm.
    reading = next((r for r in found if "inan" in r.tag), found[0] if found else None)
    if reading is None and case == "nomn" and noun.has("NOUN", "gent", "plur"):
        return Thing(" ".join(word.text for word in (*words, noun)), "neut", some=True)
    form = _in_case(noun, reading, case) if reading else None
    if reading is None or form is None:
        return None
    gender = "plur" if reading.tag.number == "plur" else _gender(reading)
    agreeing = {case, "plur"} if gender == "plur" else {case, "sing", gender}
    said = [*(_agreeing(word, agreeing) for word in words), _like(noun.text, form.word)]
    return Thing(" ".join(said), gender)


def _in_case(noun: Token, reading: Parse, case: str) -> Parse | None:
    """Return the form that is the word itself where it may be, «цветы» and no «цветки»."""
    number = str(reading.tag.number)
    same = (r for r in noun.readings if r.normal_form == reading.normal_form)
    own = next((r for r in same if r.tag.case == case and r.tag.number == number), None)
    return own or reading.inflect({case, number})


def _is_foreign(noun: Token) -> bool:
    """Tell a word like «сторис», of which no dictionary knows how it is declined."""
    known = any(reading.is_known for reading in noun.readings)
    ours = noun.low.endswith(("ание", "ение"))  # «техзадание»
    return not known and not ours and noun.low.endswith(("ис", "лс", "и", "о", "у", "е"))


def inflected(word: str, grammemes: set[str]) -> str:
    """Return a form of a word of the data, whose forms are all known."""
    if not grammemes.isdisjoint(_GENDERS):
        grammemes = grammemes | {"sing"}
    forms = (reading.inflect(grammemes) for reading in morphology().parse(word))
    return next(form.word for form in forms if form)


def _is_noun(reading: Parse, case: str, number: str | None) -> bool:
    tag = reading.tag
    return tag.POS == "NOUN" and tag.case == case and number in {None, tag.number}


def _gender(reading: Parse) -> str:
    """Return a gender to agree with; «коллега», either, passes for masculine."""
    return next((gender for gender in sorted(_GENDERS) if gender in reading.tag), "masc")


def _number(words: Sequence[Token]) -> str | None:
    """Return the number that the adjectives before a noun have, where they tell."""
    for word in words:
        numbers = {r.tag.number for r in word.readings if r.tag.case in {"accs", "gent"}}
        if len(numbers) == 1:
            return str(numbers.pop())
    return None


def _agreeing(word: Token, grammemes: set[str]) -> str:
    for reading in word.readings:
        if reading.tag.POS in {"ADJF", "PRTF"} and (form := reading.inflect(grammemes)):
            return _like(word.text, form.word)
    return word.text


def _like(written: str, form: str) -> str:
    """Return a form with the capitals of the word it is made of."""
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if written[0].isupper() else form


def ends_in_few(number: str) -> bool:
    """Tell whether a number has what it counts in the singular: «2», «24», «три»."""
    return number in _FEW or (number[-1:] in {"2", "3", "4"} and number[-2:-1] != "1")
