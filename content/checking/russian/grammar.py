"""Whether a Russian sentence parses: the stricter half of the judge of every fix.

It knows what a rewrite may break (a subject left without its verb, a verb that does not agree, a
preposition with nothing after it, a request that is said twice), not all of Russian.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from content.checking.reading import Token
from content.checking.russian.agreement import ends_in_few
from content.russian.lexicon import grammar
from content.russian.morphology import Parse

_MODAL = frozenset({"нужно", "нельзя", "можно", "следует", "придется"})
"""Words that say nothing without an infinitive."""
_WHO = frozenset({"вы", "ты"})
_NOMINAL = frozenset({"NOUN", "ADJF", "PRTF", "NUMR", "NPRO"})
_AGREEING = frozenset({"ADJF", "PRTF"})
FINITE = frozenset({"VERB", "PRTS", "ADJS", "PRED"})
_NEAR = 4


def holds(tokens: Sequence[Token], clauses: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a sentence holds together; its clauses are ranges of its tokens."""
    lows = {token.low for token in tokens if token.is_word}
    if lows & grammar().asking and ("пожалуйста" in lows or tokens[-1].text == "?"):
        return False
    return all(_clause_holds(tokens[start:end]) for start, end in clauses)


def _clause_holds(tokens: Sequence[Token]) -> bool:
    return (
        _prepositions_govern(tokens)
        and _adjectives_agree(tokens)
        and _modals_lead_on(tokens)
        and _pronoun_has_its_verb(tokens)
        and _verbs_agree(tokens)
        and _participles_agree(tokens)
        and _objects_have_a_verb(tokens)
        and _predicates_share_a_subject(tokens)
        and _numbers_count(tokens)
        and _sums_have_a_place(tokens)
        and _one_is_the_subject(tokens)
    )


def _numbers_count(tokens: Sequence[Token]) -> bool:
    """Tell whether a number is how many, not which: «2 таблицу» is the second, and stays as it is.

    A day of a month is neither; «5 этапа» of five stages would be «5 этапов».
    """
    for place, (number, noun) in enumerate(pairwise(tokens)):
        governed = place > 0 and tokens[place - 1].pos == "PREP"  # «в 3 частях»
        if (
            governed
            or not number.text.isdigit()
            or noun.silent
            or noun.pos != "NOUN"
            or noun.capital
        ):
            continue
        if len(number.text) > _WHICH or number.text.endswith("1") or _stays(noun):
            continue
        said = [r.tag.number for r in noun.readings if r.tag.case == "gent" and r.score >= _SURE]
        single, several = "sing" in said, "plur" in said
        moment = not noun.lemmas.isdisjoint(_MOMENTS)
        if not (several or moment or (single and ends_in_few(number.text))):
            return False
    return True


def _stays(noun: Token) -> bool:
    known = any(reading.is_known for reading in noun.readings)
    return not known or any("Fixd" in r.tag or "Abbr" in r.tag for r in noun.readings)


def _sums_have_a_place(tokens: Sequence[Token]) -> bool:
    """Tell whether a sum is governed or counted: nothing «не оплачен 40 000 ₽», «нет 500 ₽»."""
    said = [i for i, t in enumerate(tokens) if _is_none(tokens, i) or _is_done_to_one(t)]
    for place, token in enumerate(tokens):
        behind = said and place > said[-1] and token.is_number
        if not behind or tokens[place - 1].is_number or tokens[place - 1].pos == "PREP":
            continue
        end = next((i for i in range(place, len(tokens)) if not tokens[i].is_number), len(tokens))
        if end < len(tokens) and not tokens[end].lemmas.isdisjoint(_MONEY):
            return False
    return True


def _is_none(tokens: Sequence[Token], place: int) -> bool:
    negated = place > 0 and tokens[place - 1].low == "не"
    return tokens[place].low == "нет" or (negated and tokens[place].low == "было")


def _is_done_to_one(token: Token) -> bool:
    return token.pos in {"PRTS", "ADJS"} and not token.has("neut")


def _one_is_the_subject(tokens: Sequence[Token]) -> bool:
    """Tell whether nothing else stands beside «работа», which a rewrite has put in."""
    place = next((i for i, t in enumerate(tokens) if t.low == _WORK and not t.silent), None)
    if not place or place + 1 >= len(tokens) or tokens[place + 1].pos != "PRTS":
        return True
    before = tokens[place - 1]
    return before.pos not in {"NOUN", "NPRO"} or not (before.has("accs") or before.has("nomn"))


def _prepositions_govern(tokens: Sequence[Token]) -> bool:
    """Tell whether after every preposition something stands in a case that it may govern."""
    for place, token in enumerate(tokens):
        if token.silent or token.pos != "PREP" or not token.russian:
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is None:
            return False
        cases = {r.tag.case for r in after.readings if r.tag.POS in _NOMINAL}
        if cases and cases <= {"nomn", "voct", None}:
            return False
    return True


def _adjectives_agree(tokens: Sequence[Token]) -> bool:
    """Tell whether an adjective right before its noun has a form that fits it."""
    for one, two in pairwise(tokens):
        if one.silent or two.silent or one.pos not in _AGREEING or two.pos != "NOUN":
            continue
        if two.capital:  # a name: how it is declined the dictionary may not know
            continue
        if not any(_fit(a, n) for a in one.readings for n in two.readings):
            return False
    return True


def _fit(adjective: Parse, noun: Parse) -> bool:
    a, n = adjective.tag, noun.tag
    if a.POS not in _AGREEING or n.POS != "NOUN":
        return a.POS not in _AGREEING  # read otherwise, it need not agree
    if a.case != n.case:
        return a.case in {"gent", "accs"} and n.case in {"gent", "accs"}
    return a.number == n.number and (a.number == "plur" or a.gender in {n.gender, None})


def _modals_lead_on(tokens: Sequence[Token]) -> bool:
    for place, token in enumerate(tokens):
        if token.silent:
            continue
        rest = tokens[place + 1 :]
        led = any(t.pos == "INFN" for t in (*tokens[:place], *rest))
        heads_a_list = place > 0 and not rest  # «от вас нужно: …»
        if token.low in _MODAL and not led and not heads_a_list:
            return False
        if token.low in grammar().asking and not any(t.is_word for t in rest):
            return False
    return True


def _pronoun_has_its_verb(tokens: Sequence[Token]) -> bool:
    """Tell whether «вы», where it stands, is the subject of something."""
    if not any(token.low in _WHO and not token.silent for token in tokens):
        return True
    finite = [token for token in tokens if token.pos in FINITE and not token.silent]
    return not finite or any(
        token.has("2per")
        or token.has("VERB", "past", "plur")
        or (token.pos in {"ADJS", "PRTS"} and token.has("plur"))
        for token in finite
    )


def _verbs_agree(tokens: Sequence[Token]) -> bool:
    """Tell whether a verb in the past agrees with the nominative that stands close before it."""
    for place, token in enumerate(tokens):
        if token.silent or not (token.has("VERB", "past") or token.pos == "PRTS"):
            continue
        subject = _subject_before(tokens, place)
        if subject is not None and not _agree(subject, token, alone=_alone(tokens, place)):
            return False
    return True


def _participles_agree(tokens: Sequence[Token]) -> bool:
    """Tell whether the noun right behind «возвращена» may be what it is said of."""
    for place, token in enumerate(tokens):
        if (
            token.silent
            or token.pos != "PRTS"
            or any(t.has("NOUN", "nomn") for t in tokens[:place])
        ):
            continue
        after = place + 1
        while after < len(tokens) and tokens[after].pos in _AGREEING:
            after += 1
        noun = tokens[after] if after < len(tokens) else None
        if noun is None or noun.silent or noun.pos != "NOUN" or noun.capital or noun.has("ablt"):
            continue
        if noun.has("gent", "plur") and token.has("neut"):
            continue  # «добавлено задач»
        named = [r for r in noun.readings if r.tag.case == "nomn"]
        named = [r for r in named if "inan" in r.tag] or named
        if named and not any(_said_of(each, token) for each in named):
            return False
    return True


def _said_of(named: Parse, verb: Token) -> bool:
    said = (each.tag for each in verb.readings if each.tag.POS == "PRTS")
    return any(
        tag.number == named.tag.number
        and (tag.number == "plur" or named.tag.gender in {tag.gender, None})
        for tag in said
    )


def _objects_have_a_verb(tokens: Sequence[Token]) -> bool:
    """Tell whether no «главу» is left where all that is said is «возвращена» or «пришла»."""
    said = [token for token in tokens if token.pos in FINITE and not token.silent]
    takes = any(
        token.pos in _LEADS or (token.pos in FINITE and token.has("tran")) for token in tokens
    )
    if not any(token.pos == "PRTS" for token in said) or takes:
        return True
    governed = False
    for token in tokens:
        if token.pos == "PREP" or token.is_number or token.pos == "NUMR":
            governed = True
        elif token.pos not in _AGREEING:
            stray = all(r.tag.case == "accs" for r in token.readings if r.score >= _SURE)
            noun = token.pos == "NOUN" and not token.silent and not token.capital
            if noun and stray and not governed and token.lemmas.isdisjoint(_STRETCHES):
                return False
            governed = False
    return True


_LEADS = frozenset({"INFN", "GRND", "PRTF"})
_STRETCHES = frozenset(
    {"минута", "неделя", "ночь", "суббота", "среда", "пятница", "секунда", "половина"}
)


def _subject_before(tokens: Sequence[Token], place: int) -> Token | None:
    """Return the noun right before a verb, adverbs aside, where only the nominative fits it."""
    at = place - 1
    while at >= 0 and place - at <= _NEAR and tokens[at].pos in {"ADVB", "PRCL", "CONJ"}:
        at -= 1
    if at < 0 or tokens[at].silent or tokens[at].pos != "NOUN":
        return None
    noun = tokens[at]
    nominative = all(r.tag.case == "nomn" for r in noun.readings if r.score >= _SURE)
    before = tokens[at - 1] if at else None
    counted = before is not None and (before.is_number or before.pos == "NUMR")
    return noun if nominative and not counted else None


def _predicates_share_a_subject(tokens: Sequence[Token]) -> bool:
    """Tell whether «и» joins no clause with a subject of its own: a comma stands before that."""
    for place, token in enumerate(tokens):
        if token.low != "и" or token.silent:
            continue
        before = any(t.pos in FINITE for t in tokens[:place])
        rest = tokens[place + 1 :]
        verb = next((i for i, t in enumerate(rest) if t.pos in {"VERB", "PRTS"}), None)
        if before and verb and any(t.pos == "NOUN" for t in rest[:verb]):
            return False
        first, then = (rest[0], rest[1]) if len(rest) > 1 else (None, None)
        event = first and then and first.has("VERB", "past", "intr") and then.has("NOUN", "nomn")
        if before and event:
            return False  # «согласован макет и была просьба»
    return True


_SURE = 0.1
_WHICH = 2
"""Digits: the third version, the twelfth page."""
_MOMENTS = frozenset(
    (
        *("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь"),
        *("октябрь", "ноябрь", "декабрь", "утро", "вечер", "день", "ночь", "год", "век"),
    )
)
_MONEY = frozenset({"₽", "руб", "рубль", "тыс", "тысяча", "млн", "$", "€", "евро", "доллар"})
_WORK = "работа"


def _alone(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether no «и» joins the subject with another one."""
    return not any(token.low in {"и", "или", "с"} for token in tokens[:place])


def _agree(noun: Token, verb: Token, *, alone: bool) -> bool:
    for said in verb.readings:
        if said.tag.POS not in {"VERB", "PRTS"}:
            continue
        for named in noun.readings:
            if named.tag.case != "nomn":
                continue
            if said.tag.number != named.tag.number:
                if not alone and said.tag.number == "plur":
                    return True
                continue
            if said.tag.number == "plur" or said.tag.gender in {named.tag.gender, None}:
                return True
    return False


def is_impersonal(verb: Token) -> bool:
    """Tell «не хватает» and «приходится», which nobody does."""
    return any("Impe" in each.tag for each in verb.readings) or verb.low.endswith("ся")
