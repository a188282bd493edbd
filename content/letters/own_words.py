"""Whether a note of one's own may stand in a letter as it is: calm, and with a subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from content.checking import Rule, check, mend
from content.checking.findings import BLAMELESS
from content.checking.lexicon import EnglishNotes, OwnWords, RussianAddress, read
from content.checking.patterns import patterns
from content.checking.reading import Reading, Sentence, Token
from content.checking.russian.grammar import is_impersonal
from content.english import notes
from content.letters.ordinary import is_joint
from content.models import RUSSIAN
from content.russian.lexicon import grammar
from content.russian.morphology import Parse
from content.russian.spelling import is_russian
from content.russian.words import (
    AGREED_TO,
    ANEW,
    CONTRARY,
    HALF_TOLD,
    NOT_DONE,
    ON_A_DAY,
    SINCE_A_DAY,
    THE_WORK,
    TO_BE,
    TO_DO,
    TO_YOU,
    retold,
)
from content.vocabulary import plain
from content.wordlists import any_of

LONGEST = 160
"""Characters; what is longer is a story, and no line of a letter."""
_TONE = BLAMELESS - {Rule.BLAME} | {Rule.SECOND_PERSON}


def calm_among(words: tuple[str, ...], language: str) -> frozenset[str]:
    """Return those of many facts' words that are calm, as words of this language."""
    return frozenset(each for each in words if are_calm(each, language))


def are_calm(words: str, language: str) -> bool:
    """Tell whether typed words of a fact can be said to the client: «две страницы сверх сметы».

    «Добавила две страницы» cannot: without its subject it speaks of the reader to himself. Nor
    can “canceled again today”, which was said on another day than the letter's.
    """
    line = words.strip()
    if not line or "\n" in line or len(line) > LONGEST or line.endswith(("!", "?")):
        return False
    if check(line, language=language, rules=_TONE) or any(accusing(line, language)):
        return False
    own = read(language, OwnWords)
    sentences = Reading(line, russian=language == RUSSIAN).sentences
    if any(patterns(own.passing).are_in(each.tokens) for each in sentences):
        return False
    if language == RUSSIAN:
        return not _speaks_of_somebody(sentences) and untold(line) is None
    return not notes.speaks_of_somebody(sentences, own)


def _speaks_of_somebody(sentences: Sequence[Sentence]) -> bool:
    """Tell whether a clause has a verb of the third person or the past and nobody who does it.

    So does what is no event of a day: «менеджер пишет ночью», «нужно ещё меню», «опять на ночь».
    """
    something = False
    if sentences and sentences[0].tokens[0].pos == "INFN":
        return True  # «переделать всё за те же деньги» is asked of somebody
    for sentence in sentences:
        named = False  # whoever acts is named before: «добавила две страницы» names nobody
        before = None
        for token in sentence.tokens:
            after_preposition = before is not None and before.pos == "PREP"
            thing = token.has("NOUN", "nomn") and not after_preposition
            some = (token.pos == "NUMR" or token.is_number) and not after_preposition
            named = named or thing or token.has("NPRO", "nomn")
            something = something or named or some or token.pos == "PRTS"
            if token.has("VERB", "3per", "pres") or token.pos == "PRED":
                return True
            if not named and (token.has("VERB", "past", "sing") or token.has("VERB", "3per")):
                return True
            before = token
    return not something


class Misplaced(NamedTuple):
    """What may not stand in a letter so, where, and what to say there instead."""

    start: int
    end: int
    fix: str | None


def accusing(words: str, language: str) -> Iterator[Misplaced]:
    """Yield «крик и оскорбления» of «7 ноября — крик и оскорбления»: nouns that accuse a reader."""
    own = read(language, OwnWords)
    said = own.accusing
    known, turns = patterns(tuple(said)), patterns(tuple(dict.fromkeys(own.events.values())))
    for sentence in Reading(words, russian=language == RUSSIAN).sentences:
        tokens, end = sentence.tokens, 0
        for place in range(len(tokens)):
            found = known.longest_at(tokens, place) if place >= end else None
            if found is None:
                continue
            pattern, match = found
            end = match.end
            if any(turns.longest_at(tokens, start) for start in range(max(0, place - 2), place)):
                continue  # “there was shouting” is how a letter itself says it
            while end + 1 < len(tokens) and (tokens[end].text == "," or is_joint(tokens[end].low)):
                if (more := known.longest_at(tokens, end + 1)) is None:
                    break
                end = more[1].end
            whom = end < len(tokens) and tokens[end].low in own.towards
            goes_on = whom or (end < len(tokens) and tokens[end].pos in {"NOUN", "ADJF", "NPRO"})
            subject = not place or tokens[place - 1].text in _HEADS
            fix = said[pattern.source] if subject and not goes_on else ""
            fix = fix.capitalize() if tokens[place].capital else fix
            yield Misplaced(tokens[place].start, tokens[end - 1].end, fix or None)


_HEADS = frozenset(",—–:")


@dataclass(frozen=True, slots=True)
class Untold:
    """A note that does not say who did it; ``fix`` says what happened, where there is a way to."""

    fix: str | None


@cache
def _reader() -> re.Pattern[str]:
    """Return what finds whoever is told of and can only be the letter's reader."""
    readers = (*grammar().the_reader, *read("en", EnglishNotes).the_reader)
    return re.compile(rf"(?:{any_of(readers)})\s", re.IGNORECASE)


def names_the_reader(words: str) -> bool:
    """Tell whether words begin with whoever can only be the reader: «заказчик подписал акт»."""
    return _reader().match(words) is not None


def untold(words: str, *, dated: bool = False) -> Untold | None:
    """Return what a note says of somebody it does not name, and how it says what happened."""
    told = _untold(words, dated=dated)
    if told is None or not is_russian(words):
        return told
    if (said := retold(words)) != words:
        again = _untold(said, dated=dated)
        if again is None or again.fix:
            return again or Untold(said)
    whole = told.fix if told.fix and not HALF_TOLD.search(told.fix) else None
    return Untold(whole or _by_clause(words, dated=dated))


def _by_clause(words: str, *, dated: bool) -> str | None:
    """Return «была просьба переделать, хотя работа утверждена 5 мая», each clause for itself."""
    parted = CONTRARY.search(words)
    if parted is None:
        return None
    first = words[: parted.start()]
    head = as_event(first, dated=dated)
    if head == first or untold(head, dated=dated) is not None:
        return None
    if parted[1]:
        return f"{head}{NOT_DONE}" if head.lower().startswith(AGREED_TO) else None
    clause = words[parted.end() :]
    tail = as_event(clause, dated=False)
    of_work = THE_WORK in tail and THE_WORK not in clause  # nobody knows of which, unless anew
    sure = tail != clause and untold(tail) is None and " " in clause.strip()
    sure = sure and not (of_work and not ANEW.search(head)) and not TO_DO.match(clause)
    return f"{head}{parted[2]}{tail}" if sure else None


def _untold(words: str, *, dated: bool) -> Untold | None:
    """Return what a note says of somebody it does not name, who can only be its reader.

    «Не отвечал три недели» is said to them as much as «не отвечали», which the check knows; so the
    fix is that of the plural: «ответа не было три недели».
    """
    if not is_russian(words):
        return Untold(notes.untold(words, dated=dated)) if notes.is_untold(words) else None
    if reader := _reader().match(words):
        rest = untold(words[reader.end() :], dated=dated)
        fix = rest.fix if rest else None
        return Untold(fix[:1].upper() + fix[1:] if fix and words[0].isupper() else fix)
    said, sure, promised = words, False, False
    several_did: list[str] = []
    for sentence in reversed(Reading(words, russian=True).sentences):
        tokens = sentence.tokens
        for place in reversed(range(len(tokens))):
            verb = tokens[place]
            past = verb.reading("VERB", "past", "sing")
            several = past and past.inflect({"plur", "past"})
            if not past or not several or past.tag.gender == "neut" or verb.silent:
                continue
            # «замер сорвался», «до начала»; but «орал» is hardly many a sea
            thing = verb.reading("NOUN") if place else verb.reading("NOUN", "nomn")
            if thing and thing.score > past.score:
                continue
            behind = takewhile(_is_of_the_deed, tokens[place + 1 :])
            doers = _doers([*_phrases(tokens[:place]), *_phrases([*behind])], past)
            if not all(doers):
                continue  # somebody did it
            # «урок отменил» may have one; «сменил логотип» has none
            alone = "tran" in past.tag and not [*_phrases(tokens[:place])]
            promised = promised or bool(doers and _is_of_people(past))
            sure = sure or not doers or alone or promised
            form = several.word.capitalize() if verb.capital else several.word
            several_did.append(plain(form))
            said = said[: verb.start] + form + said[verb.end :]
    if said == words:
        if not _is_told_of_somebody(words):
            return None
        over = dated and not SINCE_A_DAY.match(words)
        said, sure = _said_to_the_reader(words, {"plur", "past"} if over else _TO_YOU), True
    rules = frozenset({Rule.SECOND_PERSON})
    said = f"{ON_A_DAY}{said[:1].lower()}{said[1:]}"  # behind a day the verb comes first
    mended = _mended(said, rules)
    sound = mended != said and not check(mended, rules=rules) and mended.startswith(ON_A_DAY)
    said_so = {*re.findall(r"\w+", plain(mended))}  # «отдали» is no request
    sound = sound and said_so.isdisjoint(grammar().asking | grammar().of_them)
    sound = sound and not words.rstrip(" .")[-1:].isdigit()  # «не заплатил за выезд 7500»
    told = mended.removeprefix(ON_A_DAY)
    # «Потерян договор и просит новый», «сметы отменены и попросили скидку».
    sound = sound and not _is_told_of_somebody(told) and not _goes_on_to_a_deed(words)
    sound = sound and not {*several_did} & {*re.findall(r"\w+", plain(told))}
    sound = sound and not _says_twice(told, words)
    first = told[:1].upper() if words[:1].isupper() else told[:1]
    return Untold(first + told[1:] if sound else None) if sure or sound else None


def _says_twice(told: str, words: str) -> bool:
    """Tell «сообщения приходят по десять сообщений»: what is told names a thing already named."""
    stems = Counter(each[:_STEM] for each in re.findall(rf"\w{{{_STEM},}}", plain(told)))
    return any(n > 1 and plain(words).count(stem) == 1 for stem, n in stems.items())


_STEM = 6
"""Letters that tell a word in its cases."""


@lru_cache(maxsize=256)
def as_event(words: str, *, dated: bool) -> str:
    """Return «съёмка отменена» for «отменил съёмку», «добавлено 2 экрана» for «добавили…».

    What says «вы» says so on purpose, and what has no sure way to be said otherwise stays: the
    check names both.
    """
    if told := untold(words, dated=dated):
        return told.fix or words
    rules = frozenset({Rule.SECOND_PERSON})
    said = f"{ON_A_DAY}{words}"  # behind a day the verb comes first
    found = check(said, rules=rules)
    forms = read(RUSSIAN, RussianAddress).sets["forms"]
    addressed = not forms.isdisjoint(re.findall(r"\w+", words.lower()))
    mended = said if addressed else mend(said, found)
    sound = found and mended.startswith(ON_A_DAY) and not check(mended, rules=rules)
    return mended.removeprefix(ON_A_DAY) if sound else words


def _mended(said: str, rules: frozenset[Rule]) -> str:
    """Return the fix; «утвердили», which blames nobody, has that of «вы утвердили»."""
    if found := check(said, rules=rules):
        return mend(said, found)
    addressed = f"{ON_A_DAY}{TO_YOU}{said.removeprefix(ON_A_DAY)}"
    mended = mend(addressed, check(addressed, rules=rules))
    return said if mended == addressed else mended


_TO_YOU = frozenset({"2per", "plur", "pres"})


def _said_to_the_reader(words: str, wanted: Collection[str]) -> str:
    """Return «пишете ночью» for «пишет ночью», or «писали» behind a day: its fix is the same."""
    said = words
    for sentence in reversed(Reading(words, russian=True).sentences):
        for token in reversed(sentence.tokens):
            verb = token.reading("VERB", "3per", "pres")
            form = verb.inflect({*wanted}) if verb else None
            if form is not None and not token.silent:
                said = said[: token.start] + form.word + said[token.end :]
    return TO_YOU + said


def _goes_on_to_a_deed(words: str) -> bool:
    """Tell whether «и молчит» follows, which would be of what is said instead: «макет пришёл»."""
    tokens = [token for each in Reading(words, russian=True).sentences for token in each.tokens]
    joined = False
    for token in tokens:
        if token.low in grammar().joints:
            joined = True
        elif joined and token.has("VERB", "3per", "pres"):
            return True
        elif token.pos not in {"ADVB", "PRCL"}:
            joined = False
    return False


def _is_of_the_deed(token: Token) -> bool:
    """Tell whether a verb may still reach so far: not into «подписывать акт», «что работа…»."""
    return token.pos != "INFN" and token.low not in grammar().opening


def _is_told_of_somebody(words: str) -> bool:
    """Tell whether nobody does what is done again and again: «третий месяц просят», «молчит»."""
    for sentence in Reading(words, russian=True).sentences:
        for start, end in sentence.clauses:
            clause = sentence.tokens[start:end]
            things = [*_phrases(clause)]
            under = clause[0].low in grammar().opening
            for token in () if under else clause:
                verb = token.reading("VERB", "3per", "pres")
                if verb is None and TO_BE not in token.lemmas:
                    verb = token.reading("VERB", "3per", "futr")
                thing = not token.lemmas.isdisjoint(_thing_verbs()) and bool(things or start)
                if verb and not (thing or is_impersonal(token)) and all(_doers(things, verb)):
                    return True
    return False


def _thing_verbs() -> frozenset[str]:
    verbs: frozenset[str] = read(RUSSIAN, RussianAddress).sets["thing_verbs"]
    return verbs


def _doers(things: Sequence[Token], verb: Parse) -> list[bool]:
    """Return of each noun that agrees with a verb whether it may be what it was done to instead."""
    sets = read(RUSSIAN, RussianAddress).sets
    things = [thing for thing in things if thing.lemmas.isdisjoint(sets["times"])]
    joined = {id(each) for each in _joined(things)}
    objects = sum(thing.has("accs") for thing in things if id(thing) not in joined)
    found = []
    for thing in things:
        doer = thing.reading("nomn", str(verb.tag.number))
        if doer is not None and _agree(doer, verb):
            alive = "anim" in doer.tag
            done_to = "tran" in verb.tag and not alive and thing.has("accs")
            by_people = done_to and _is_of_people(verb) and thing.lemmas.isdisjoint(sets["places"])
            found.append((done_to and objects == 1) or by_people)
    return found


def _is_of_people(verb: Parse) -> bool:
    """Tell what no thing does: «аванс обещал»."""
    return verb.normal_form in read(RUSSIAN, RussianAddress).sets["of_people"]


def _joined(things: Sequence[Token]) -> Iterator[Token]:
    """Yield «прудик» of «цветник и прудик», which together are done to as one."""
    for before, thing in pairwise(things):
        if thing.has("accs") and before.has("accs") and 0 < thing.start - before.end <= _AND_LONG:
            yield thing


_AND_LONG = 3
"""Characters of « и »."""


def _agree(doer: Parse, verb: Parse) -> bool:
    genders = {doer.tag.gender, verb.tag.gender}
    return len(genders) == 1 or None in genders


def _phrases(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the nouns and pronouns that follow neither a preposition nor a number."""
    governed = False
    for token in tokens:
        if token.pos in {"NOUN", "NPRO"} and not governed:
            yield token
        if token.pos not in {"ADJF", "PRTF"}:
            governed = token.pos in {"PREP", "NUMR"} or token.is_number


def strangers(words: str) -> Iterator[Misplaced]:
    """Yield «с ней» of «с ней было интересно»: who is named by nothing else is the reader.

    ``fix`` leaves out whom it goes without; «её» behind «обложка» is the cover.
    """
    sets = read(RUSSIAN, RussianAddress).sets
    no_things = sets["dates"] | sets["times"]
    things: list[Token] = []
    for sentence in Reading(words, russian=is_russian(words)).sentences:
        tokens = (None, *sentence.tokens, None)
        for before, token, after in zip(tokens, sentence.tokens, tokens[2:], strict=False):
            counted = (
                before is not None and before.low in grammar().among and _numbers(sentence, token)
            )
            if not (token.silent or counted) and _is_a_stranger(token, before, things):
                first = before if before and before.pos == "PREP" else token
                together = first.low in grammar().with_whom and token.has("ablt")
                if together and after and after.is_word:
                    said = after.text.capitalize() if first.capital else after.text
                    yield Misplaced(first.start, after.end, said)
                else:
                    yield Misplaced(first.start, token.end, None)
            if token.pos == "NOUN" and token.lemmas.isdisjoint(no_things):
                things.append(token)


def _counts(thing: Token) -> bool:
    """Tell whether a noun may be of several: «главы», of which «три» may stand before."""
    return thing.has("NOUN", "plur") or thing.has("NOUN", "gent")


def _numbers(sentence: Sentence, token: Token) -> bool:
    """Tell whether a number stands before: «55 000, из них 20 000»."""
    return any(each.is_number and each.end <= token.start for each in sentence.tokens)


def _is_a_stranger(token: Token, before: Token | None, things: Sequence[Token]) -> bool:
    """Tell whether a word is of somebody whom nothing before it names."""
    if who := token.reading("NPRO", "3per"):
        one = who.tag.number == "sing"
        if not one:  # «три главы готовы, их осталось сверстать»
            counted = any(map(_counts, things))
            return len(things) <= 1 and not counted
        return not any(each.has("NOUN", "sing", str(who.tag.gender)) for each in things)
    alone = before is None or before.pos not in {"ADJF", "PRTF"}
    reader = token.pos == "NOUN" and token.has("NOUN", "sing")
    return alone and reader and not token.lemmas.isdisjoint(grammar().the_reader)
