"""Whether a typed answer goes on in the letter's own sentence, or tells something by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.russian.lexicon import grammar, haste
from content.russian.morphology import Parse, as_told, morphology

_WORDS = re.compile(r"[А-Яа-яёЁ]+(?:-[а-яё]+)*")
_FIRST = re.compile(
    r"[^,;:.!?(—–]*?(?=[,;:.!?(—–]|\b(?:что|чтобы|как|котор[а-я]+|где|куда|когда|кто|если|пока)\b|$)"
)
"""The first clause: what stands before a comma or what a clause under it begins with."""
_REQUESTS = re.compile(r"(?<![\w-])[А-Яа-яё]+те(?:сь)?(?![\w-])")
_PLEASE = "пожалуйста"
_TELLING = frozenset({"VERB", "PRTS", "ADJS", "PRED"})
OF_US = 0.3
"""From here on a word is taken for what somebody says of themselves: «передам», «закрою»."""
_SURE, _ALSO = 0.5, 0.1
_GLAD = re.compile(r"(?:был[аи]? )?рад[аы]?\b", re.IGNORECASE)
_NO_VERB = re.compile(r"\bуже (?:у|на|в) |\bуже$|^(?:я|мы|вы|с вами|с тобой) ", re.IGNORECASE)


def _verbs(clause: str) -> Iterator[Parse]:
    """Yield what surely tells in a clause, and is neither named nor governed."""
    before, end = "", 0
    for found in _WORDS.finditer(clause):
        word = found[0]
        readings = as_told(word.lower())
        told = [each for each in readings if each.tag.POS in _TELLING]
        told = [each for each in told if each.is_known or each.tag.POS == "VERB"]  # «равки»
        ours = [each for each in told if "1per" in each.tag]
        apart = bool(clause[end : found.start()].strip())  # «на 60 000 ₽ оплачен»
        governed = bool(before) and not apart and morphology().parse(before)[0].tag.POS == "PREP"
        named = (word[0].isupper() and found.start() > 0) or word.lower() in haste().no_verb
        if not governed and not named:
            if sum(each.score for each in ours) >= OF_US:
                yield ours[0]
            elif told and sum(each.score for each in told) >= _SURE:
                yield told[0]
        before, end = word.lower(), found.end()


def tells_by_itself(text: str) -> bool:
    """Tell «отдам все исходники» and «всё лежит на диске» from «исходники, которые лежат там»."""
    first = _first_clause(text)
    return next(_verbs(first), None) is not None or bool(_NO_VERB.search(first)) or _ends(text)


def _ends(text: str) -> bool:
    """Tell whether a row of things ends with what is done to them: «смету и ключи отдам лично»."""
    *row, last = (_first_clause(each) for each in text.split(", "))
    if any(morphology().parse(each.split(" ")[0].lower())[0].tag.POS == "PREP" for each in row):
        return False  # «вечером, голосовые не слушаю» is no row
    begins = last.split(" ")[0].lower()
    thing = morphology().parse(begins)[0].tag.POS in {"NOUN", "ADJF", "PRTF"}
    thing = thing and begins not in grammar().all_of_it
    return thing and any("1per" in v.tag for v in _verbs(last))


def handed(thing: str) -> str:
    """Return «макеты» for «отдаю макеты»: in a list of what is handed over no verb is needed."""
    verb, _, rest = thing.partition(" ")
    ours = any("1per" in each.tag for each in _verbs(verb)) or is_deed(verb)
    word = rest.partition(" ")[0].lower()
    first = "NUMR" if word.isdigit() else morphology().parse(word)[0].tag.POS
    return rest if ours and first in {"NOUN", "ADJF", "PRTF", "NUMR", "NPRO"} else thing


def is_when(text: str) -> bool:
    """Tell a clause of when or whether, «когда освобожусь», from «как можно скорее»."""
    first, _, then = text.lower().partition(" ")
    return first in grammar().opening and (first != "как" or then.startswith("только "))


def is_deed(text: str) -> bool:
    """Tell whether a text begins with an infinitive, «не» before it or not."""
    first = text.lower().removeprefix("не ").partition(" ")[0]
    return morphology().parse(first)[0].tag.POS == "INFN"


def is_to_come(text: str) -> bool:
    """Tell whether the first clause is of later: «закончу к пятнице», not «осталось два экрана»."""
    return any("futr" in each.tag for each in _verbs(_first_clause(text)))


def at_an_hour(day: str, text: str) -> str:
    """Return «24 ноября» for «к 24 ноября» where the text says at what hour: «до обеда»."""
    return day.removeprefix("к ") if _HOUR.search(text) else day


_HOUR = re.compile(
    r"\b(?:утром|дн[её]м|вечером|(?:до|после|к|в) (?:обеда?|обеду|полудня|полудню|\d{1,2}:\d\d"
    r"|\d{1,2} (?:утра|дня|вечера|часов|часам)))\b",
    re.IGNORECASE,
)


def is_over(text: str) -> bool:
    """Tell whether the first clause is of what was done."""
    return any("past" in each.tag for each in _verbs(_first_clause(text)))


def feels(text: str) -> bool:
    """Tell whether somebody says how it was for themselves: «мне понравилось», «рада была помочь».

    What others did is told otherwise: «с вами было легко», «всегда платили вовремя».
    """
    clause = _first_clause(text)
    first = _WORDS.match(clause)
    if first and morphology().parse(first[0].lower())[0].tag.POS == "PREP":
        return not tells_by_itself(text)  # «без претензий»
    own = not grammar().oneself.isdisjoint(_WORDS.findall(clause.lower()))
    return own or bool(_GLAD.match(clause)) or any("1per" in v.tag for v in _verbs(clause))


def set_apart(text: str) -> tuple[str, str]:
    """Return «вашу историю» and «снимал с удовольствием», which is told of oneself."""
    thing, comma, own = text.rpartition(", ")
    verb = next(_verbs(own), None)
    of_one = verb is not None and verb.tag.POS == "VERB" and verb.tag.gender in {"masc", "femn"}
    named = any(
        r.tag.case == "nomn" for w in _WORDS.findall(own) for r in morphology().parse(w)[:1]
    )
    alone = comma and of_one and not named and not own.startswith(("что ", "то, что "))
    return (thing, own) if alone and not tells_by_itself(thing) else (text, "")


def of_nothing(text: str) -> str | None:
    """Return «всё у вас» for «ничего, всё у вас», «передавать нечего» for «ничего»."""
    found = _NOTHING.match(text)
    return None if found is None else text[found.end() :] or "передавать нечего"


_NOTHING = re.compile(
    r"(?:передавать )?(?:уже |больше )?(?:ничего|нечего)(?: передавать)?"
    r"(?: не (?:передаю|нужно|надо|осталось))?"
    r"(?:\s*[,:.—-]+\s*|$)",
    re.IGNORECASE,
)


def with_its_bill(text: str) -> str:
    """Return «счёт закрыт» for «закрыт», «всё оплачено» for «оплачено»."""
    first = next((word for word in text.lower().split() if word not in _SO_FAR), "")
    done = next((r for r in morphology().parse(first) if r.tag.POS == "PRTS"), None)
    if done is None or ("neut" in done.tag and "не" in text.lower().split()):
        return text
    rest = text.lower().partition(f"{first} ")[2]
    if any(_is_subject(word, done) for word in _WORDS.findall(rest)):
        return text  # «закрыты все счета»
    what = _PAID.get(done.tag.gender or "")
    return f"{what} {text[:1].lower()}{text[1:]}" if what else text


def _is_subject(word: str, told: Parse) -> bool:
    nouns = (each.tag for each in morphology().parse(word) if each.score >= _ALSO)
    return any("NOUN" in tag and "nomn" in tag and tag.number == told.tag.number for tag in nouns)


_SO_FAR = frozenset({"уже", "ещё", "не", "пока", "полностью", "частично"})
_PAID = {"masc": "счёт", "femn": "работа", "neut": "всё", "": "счета"}


def is_condition(text: str) -> bool:
    """Tell whether a text begins with a condition: «если ответа не будет, закрою проект»."""
    return text.lower().startswith("если ")


def with_please(text: str) -> str:
    """Return «пришлите, пожалуйста, фото» for «пришлите фото»."""
    found = None if _PLEASE in text.lower() else _asked(text)
    if found is None:
        return text
    said, rest = text[: found.end()], text[found.end() :]
    return f"{said}, {_PLEASE}{',' if rest.startswith(' ') else ''}{rest}"


def _asked(text: str) -> re.Match[str] | None:
    for found in _REQUESTS.finditer(text):
        asks = (r for r in morphology().parse(found[0].lower()) if "impr" in r.tag)
        told = re.search(r"\b[Вв]ы\b", text[: found.start()])
        if sum(each.score for each in asks) >= OF_US and not told:
            return found
    return None


def _first_clause(text: str) -> str:
    text = _SHORT.sub(r"\1", text)  # «25 тыс. пришлю» is one clause
    found = _FIRST.match(text)
    return found[0] if found else text


_SHORT = re.compile(r"\b(тыс|млн|руб|стр|шт|чел|кв)\.")
