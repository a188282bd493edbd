"""Notes of facts, typed in haste, as a sentence of a letter.

The words that the rules go by stand in ``content/data/checking/en/notes.toml``.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from content.checking import Rule, check, mend
from content.checking.lexicon import EnglishAddress, EnglishNotes, OwnWords, read
from content.checking.patterns import patterns
from content.checking.reading import PARTING, Sentence
from content.english.hasty import (
    being,
    is_determined,
    is_order,
    is_thing,
    tells,
    with_whose,
    without_to,
)
from content.english.retelling import be, retold
from content.english.words import is_listed
from content.wordlists import any_of


def told(note: str, *, dated: bool) -> str | None:
    """Return a note as whoever it speaks of can read it; None where there is no way to say it so.

    “Nov: 2 payments late” is “in November, 2 payments were late”.
    """
    rest = note.lstrip(",: ")
    before, note = note[: len(note) - len(rest)], rest
    if head := _OF_A_MONTH.match(note):
        before += f"in {month_name[_MONTHS.index(head['month'][:3].lower()) + 1]}, "
        note = note[head.end() :]
    if not is_untold(note):
        said = with_article(_with_verb(note, on_a_day=bool(before)))
        return before + (said if has_verb(said) else _there_was(said))
    event = untold(note, dated=dated)
    return event and before + event


def with_article(note: str) -> str:
    """Return “the budget table came late” for “budget table came late”."""
    found = _BARE_THING.match(note)
    words = found[1].lower().split(" ") if found else [""]
    one_of_some = words[0] in _words().nth
    words = words[1:] if words[0].capitalize() in month_name and words[1:] else words
    several = words[-1].endswith("s") or words[-1] in _words().uncounted
    named = not all(map(is_listed, words)) or words[0] in _words().with_article
    if not found or not (one_of_some or (is_thing(words[-1]) and not several and not named)):
        return note
    begun = "The" if note[:1].isupper() else "the"
    month = note.split(" ", maxsplit=1)[0].capitalize() in month_name
    return f"{begun} {note[:1].upper() if month else note[:1].lower()}{note[1:]}"


_BARE_THING = re.compile(
    r"([a-z]+(?: [a-z]+){0,2}?)(?: (?:for|from|of|on|about|with) [\w\u00a0-]+(?: [\w-]+){0,2}?)?"
    r"(?: (?:never|still|also|again|only|just))?"
    r" (?:came|was|is|arrived|took|went|started|ended|has|had|broke|bounced|failed|expired"
    r"|crashed|goes|gets|stops|ends|starts|will|needs|stays|remains|comes|follows|changed|doubled)\b",
    re.IGNORECASE,
)


def _there_was(note: str) -> str:
    """Return “there was a late payment” for “late payment”, where a note is of a thing."""
    if note.split(" ", maxsplit=1)[0].lower() in read("en", OwnWords).events:
        return as_event(note) or note
    things = _HEAD.split(note, maxsplit=1)[0].split(" and ")[0].split(", ")[0].split(" ")
    first, last = things[0].lower(), things[-1].lower()
    thing = is_thing(last) or is_thing(last.removesuffix("s"))
    if not thing or first in _words().noting or _PREPOSITION.match(note) or first.endswith("ing"):
        return note
    were = be(things)
    several = were == "were" or last in _words().uncounted - _words().of_one
    owned = first in _words().with_article or first[:1].isdigit() or first in _words().counts
    article = "" if several or owned else "an " if _VOWEL.match(first) else "a "
    said = f"there {were} {article}{note[:1].lower()}{note[1:]}"
    return _since(said) if _UP_TO_NOW.search(note) else said


_UP_TO_NOW = re.compile(r" since | so far\b| yet\b")
_VOWEL = re.compile(r"[aio]|e(?!u)|un(?!i)|hour|honest")
_MONTHS = [each.lower() for each in month_abbr[1:]]
_OF_A_MONTH = re.compile(
    rf"(?:in )?(?P<month>(?:{'|'.join(month_abbr[1:])})[a-z]*)\.?"
    r"\s?[:\N{EN DASH}\N{EM DASH}-]\s*(?=\D|\d+ [a-z])",
    re.IGNORECASE,
)


def is_untold(note: str) -> bool:
    """Tell whether a note is of nobody named, or of its reader: “canceled”, “she never pays”."""
    note = note[_led(note) :]
    if reader := _reader().match(note):
        deed = note[reader.end() :]
        whose = reader[0].lower().split()[-1] in _words().readers_of_things
        return not whose or begins_with_a_deed(deed) or deed.split(" ")[0] in _words().with_verb
    return begins_with_a_deed(note) or bool(_SOMEBODY.search(_QUOTED.sub("", note)))


def speaks_of_the_reader(text: str) -> bool:
    """Tell whether an answer tells its reader of themselves: “he paid half”, “the client left”."""
    reader = _reader().match(text)
    return reader is not None and reader[0].lower() != "they " and is_untold(text)


def as_open(bill: str) -> str:
    """Return “payment for two visits is open” for “you owe for two visits”."""
    owed = re.sub(r"\Ayou (?:still )?(?=owe)", "", bill, flags=re.IGNORECASE)
    said = retold(owed) if _OWES.match(owed) else ""
    if said and len(re.findall(r"[$€£]\d", said)) > 1:
        return re.sub(r"\bis open\Z", "are open", said)
    return said or bill


_OWES = re.compile(r"(?:still )?owes? ", re.IGNORECASE)


def by_the_reader(text: str, who: str = "you") -> str:
    """Return “you signed the note” for “signed the note”, where it was surely the reader.

    Of the writer’s own work it is the writer: “I edited three episodes”.
    """
    first, *rest = text.split(" ")
    done_to_it = first.lower() in _participles() and takes_no_object(rest)  # “delivered on May 4”
    sure = begins_with_a_deed(text) and not (done_to_it or first.endswith("ing") or " by " in text)
    return f"{who} {text[:1].lower()}{text[1:]}" if sure else text


def _led(note: str) -> int:
    """Return where a note goes on behind a time it begins with: “since May | asked for posts”."""
    lead = _LEAD.match(note)
    behind = note[lead.end() :] if lead else ""
    return lead.end() if lead and (_reader().match(behind) or begins_with_a_deed(behind)) else 0


_LEAD = re.compile(
    r"(?:(?:since|in|from|until|by|during) (?:the )?"
    r"(?:(?:early|late|mid|start|beginning|end|middle)[ -](?:of )?)?"
    rf"(?:{'|'.join(month_name[1:])}|summer|spring|fall|winter)"
    r"(?:[ \u00a0]\d{1,4})?"
    r"|every (?:single |other )?(?:day|week|month|night|morning|evening|weekend|time|\w+day)),? ",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


@cache
def _reader() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(_words().the_reader)}) ", re.IGNORECASE)


def _with_verb(note: str, *, on_a_day: bool) -> str:
    """Return “two pages were added” for “two pages added”; a note with a verb stays as it is."""
    note = _NOT_THERE.sub(_with_be_not, _SINCE_A_DAY.sub(r"\1,", note))
    note = _BARE_INVOICE.sub("the invoice", _NO_SHOW.sub("a no-show", note))
    note = _ON_SEVERAL_DAYS.sub(r"\1here were \2s", note)
    if _NOTHING.match(note) and not has_verb(note):
        said = f"there {be(_HEAD.split(note, maxsplit=1)[0].split())} {note}"
        return said if on_a_day or not _UP_TO_NOW.search(note) else _since(said)
    words = note.split(" ")
    for place, word in enumerate(words):
        low = word.strip(",.;").lower()
        if low in _words().with_verb or place == 0 or words[0].lower() in _words().between:
            if low in _words().with_verb | _participles():
                return note  # “canceled again”: nobody says what
            continue
        if _lacks_be(words, place):
            return _with_be(words, place, on_a_day=on_a_day)
    counted = _SEVERAL.match(note) and not has_verb(note)
    return f"there were {note}" if counted else note


_SEVERAL = re.compile(r"(?:\d+|two|three|four|five|six|several) (?:[a-z-]+ ){0,3}?[a-z]+s\b")


def _with_be(words: list[str], place: int, *, on_a_day: bool) -> str:
    low = words[place].strip(",.;").lower()
    behind_span = low in _words().late and place > _SPAN_WORDS
    if behind_span and _SPAN.fullmatch(" ".join(words[place - 2 : place])):
        place -= 2  # “the deposit was | 2 weeks late”
    while words[place - 1].lower() in _words().between and place > 1:
        place -= 1  # adverbs stand behind the verb
    been = be(words[:place])
    since = "since" in map(str.lower, words[place:])
    if low in _words().by_themselves and place > 0:
        been = ({"was": "has", "were": "have"}[been]) if since else ""
    elif not on_a_day and (since or low == "unpaid" or words[place : place + 2] == _STILL_NOT):
        been = _OF_NOW[since][been]
    one = be(words[:place]) == "was"
    if place == 1 and one and is_listed(words[0].lower()):
        words = [f"the {words[0].lower()}", *words[1:]]  # “call canceled”
    thing = [*words[: place - 1], words[place - 1].rstrip(",")]  # “shelves, asked for on May 4”
    return " ".join(filter(None, [*thing, been, *words[place:]]))


def _with_be_not(found: re.Match[str]) -> str:
    """Return “key was not at the door” for “key not at the door”."""
    return f"{found[1]} {be(found[1].split())} not {found[2]}"


_NOT_THERE = re.compile(
    r"^([a-z]+(?: [a-z]+)?),? not (at|in|on|there|ready|available|open)\b", re.IGNORECASE
)


def _lacks_be(words: Sequence[str], place: int) -> bool:
    """Tell whether a word is said of what stands before it: “pages | added”, “payments | late”."""
    low = words[place].strip(",.;").lower()
    late = low in _words().late and words[place - 1].lower() not in _words().degrees
    told = place - _SPAN_WORDS if _SPAN.fullmatch(" ".join(words[place - 2 : place])) else place
    if late and words[told - 1].lower() in _words().prepositions | _words().leading:
        return False  # “let in 40 min late”
    behind = words[place + 1 :]
    if low == "sent":  # “report sent back”, but “Luz sent it back”
        thing = is_thing(words[place - 1].lower().removesuffix("s"))
        return thing and takes_no_object(behind[behind[:1] == ["back"] :])
    if low == "asked" and behind[:1] == ["for"]:  # “a third walk asked for at noon”
        return takes_no_object(behind[1:])
    return (late or low in _participles()) and takes_no_object(behind)


_OF_NOW = ({"were": "are", "was": "is"}, {"were": "have been", "was": "has been"})
_STILL_NOT = ["still", "not"]
"""What has not come to this day."""
_SPAN_WORDS = 2
_SINCE_A_DAY = re.compile(
    rf"^((?:since|from|by|until) (?:{'|'.join(month_name[1:])})[ \u00a0]\d{{1,2}})"
    r"(?= (?!(?:on|to|till|until|through|and|or|at|onwards?)\b)[a-z])",
    re.IGNORECASE,
)
"""“since October 15 posts are longer” does not speak of fifteen posts."""
_NO_SHOW = re.compile(r"^(?:a )?no[ -]show\b", re.IGNORECASE)
_ON_SEVERAL_DAYS = re.compile(
    rf"\b([Tt])here was an? ([a-z-]+)(?= on (?:{'|'.join(month_name[1:])})[ \u00a0]\d+(?:,| and) )"
)
_NOTHING = re.compile(r"(?:no|a no-show|another) ?\b(?!one\b|more than\b)", re.IGNORECASE)
_HEAD = re.compile(
    r" (?:for|of|on|from|in|at|to|about|by|with|without|instead|again|since|until|after|before"
    r"|every|each|outside|beyond|over|during|within|this|last)\b"
)


def has_verb(note: str) -> bool:
    """Tell whether a note has a verb that makes a sentence, or one of those nobody can know."""
    words = re.findall(r"[a-z\d']+", note.lower().replace("’", "'"))
    verbs = _words().with_verb - {"to"} | _deeds()
    return tells(note) or any(
        each in verbs or (_DONE.search(each) and not _is_of_a_thing(words, place))
        for place, each in enumerate(words)
    )


def _is_of_a_thing(words: Sequence[str], place: int) -> bool:
    """Tell what is said of the thing behind it: “2 | canceled lessons”, “the agreed time”."""
    before = words[place - 1] if place else "a"
    of_it = before[:1].isdigit() or before in _words().counts | _words().with_article
    then = words[place + 1] if words[place + 1 :] else ""
    return of_it and (is_thing(then) or is_thing(then.removesuffix("s")))


_DONE = re.compile(r"[a-z]{2}ed$|(?:dr|bl|gr|kn|thr|fl)ew$|[a-z]{2}(?:ought|aught)$")
_BARE_INVOICE = re.compile(r"^invoice(?= (?:for|from|of|is|was|has|came)\b)")


def lacks_an_article(text: str) -> bool:
    """Tell “crack was there”, of which nobody can know how it begins, from “cracks were there”."""
    first, _, rest = text.lower().partition(" ")
    listed = _words().with_article | _words().uncounted | _words().subjects | _words().noting
    thing = first.isalpha() and first not in listed and not first.endswith(("s", "ing", "ed", "ly"))
    return thing and text[:1].islower() and rest.partition(" ")[0] in _words().of_one_thing


def begins_with_a_deed(note: str) -> bool:
    """Tell whether nobody is said to have done it: “canceled again”, “asked for a discount”."""
    note = note.lower().replace("’", "'")
    first, _, rest = note.partition(" ")
    if _OF_A_THING.match(note) or (
        first.endswith("s") and first not in _words().with_verb and _HOW_IT_IS.match(rest)
    ):
        return False
    if _LATE.match(note) or retold(note):
        return True
    # “Pending since May” is of things.
    done = _DONE.search(first) or first in _doing() or first.endswith("ing")
    return first in _deeds() or bool(done and first not in _words().of_things and not tells(rest))


_HOW_IT_IS = re.compile(r"(?:still|never|not|missing|late|overdue|pending|incomplete) ")


def aimed(goal: str) -> str:
    """Return “for people to see the price” for that without “for”, as wanting has none."""
    return f"for {goal}" if _WANTED_OF.match(goal) and not is_order(goal) else goal


_WANTED_OF = re.compile(
    r"(?!(?:to|an?|one|some|more|for|how|what|where|ways?|\d+) )(?:[\w’'-]+ ){1,3}to [a-z]"
)


def takes_a_verb(text: str) -> bool:
    """Tell what a verb before it takes, “the files”, “files and logins”, from a note.

    “By Friday the photos”, “not the drafts”, “everything uploaded” and “logo, cards” are noted.
    """
    if text.startswith("‹"):  # nothing is typed yet
        return True
    first, _, rest = text.lower().partition(" ")
    things = [each for each in text.split(", ") if not _PREPOSITION.match(each)]
    listed = len(things) > 1 and not re.match("(?:.* )?and ", things[-1])
    done = rest.split(" ")[0] in _participles() and takes_no_object(rest.split(" ")[1:])
    noted = _PREPOSITION.match(text) or first in _words().noting or ": " in text
    return is_determined(text) and not (noted or listed or done)


_PREPOSITION = re.compile(
    r"(?:by|on|in|at|to|from|for|with|without|as|before|after|until|via|through)\b", re.IGNORECASE
)


def as_doing(text: str) -> str:
    """Return “editing the podcast” for “to edit the podcast” or “edit the podcast”."""
    if not is_order(text):
        return text
    verb, _, rest = without_to(text).partition(" ")
    before, joint, then = rest.partition(" and ")
    if joint and is_order(then):
        rest = f"{before} and {as_doing(then)}"
    return f"{_gerund(verb.lower())} {rest}".rstrip()


def as_thanks(text: str, article: str) -> str:
    """Return “trusting me” for “to trust me” and the rest as ``hasty`` has it."""
    kept = as_doing(text) if text.startswith("to ") else being(text)
    return with_whose(kept, article)


def is_clause(text: str) -> bool:
    """Tell “you always paid on time” and “the team was great” from “the way you were with us”."""
    words = re.findall(r"[a-z’']+", text.lower())
    if words[:1] and words[0] in _words().subjects:
        return not (words[1:] and words[1].endswith("ing"))
    told = next((place for place, word in enumerate(words) if word in _words().being), 0)
    return told > 0 and (_words().subjects | _words().relatives).isdisjoint(words[:told])


def without_that(clause: str) -> str:
    """Return “you paid on time” for “that you paid on time”, “being kind” for “you being kind”."""
    first, _, rest = clause.partition(" ")
    then = rest.partition(" ")[0].lower()
    said = (first.lower() == "that" and then in _words().subjects) or (
        first.lower() == "you" and then.endswith("ing")
    )
    return rest if said else clause


def untold(note: str, *, dated: bool = False) -> str | None:
    """Return what happened, mended as “you canceled the call” is; None where there is no way to."""
    if led := _led(note):
        event = untold(note[led:], dated=dated)
        lead = note[:led].rstrip(", ")
        return event and f"{lead}, {_since(event) if lead.lower().startswith('since') else event}"
    if reader := _reader().match(note):
        event = untold(note[reader.end() :], dated=dated)
        return event and _begun(event, note)
    if joint := _joint(note):
        one = untold(note[: joint.start()], dated=dated)
        two = untold(note[joint.end() :], dated=dated)
        joined = ", then" if joint["joint"] == " then" else joint["joint"]
        return f"{one}{joined} {two}" if one and two else None
    event = _event(note, dated=dated)
    return _begun(event, note) if event and not _SOMEBODY.search(event) else None


def _event(note: str, *, dated: bool) -> str | None:
    """Return what happened, where a note is of one deed: “there was a no-show”."""
    if since := _ASKED_SINCE.fullmatch(note):
        return f"since {since[2]}, there have been requests to {since[1]}"
    note = _LATE_WITH.sub(r"was late with \2\1", note)
    note = _FORGOT.sub("did not ", _EXPECTED.sub(r", due \1", _BARE_DAY.sub(_on_a_day, note)))
    if _GOING_ON.search(note):
        return None
    if event := retold(note, dated=dated):
        return event
    first, _, rest = note.partition(" ")
    if doing := _doing().get(first.lower()):
        return untold(f"{doing} {rest}", dated=dated)
    return _kept_doing(note) or _done(note) or as_event(note, dated=dated)


def _since(event: str) -> str:
    """Return “there have been requests” for “there are requests”."""
    return re.sub(
        r"^there (?:(?:is|was)|(are|were))\b",
        lambda be: "there have been" if be[1] else "there has been",
        event,
    )


def _joint(note: str) -> re.Match[str] | None:
    """Return what joins two deeds: “canceled | and | asked for a refund”."""
    joints = _JOINT.finditer(note)
    return next((each for each in joints if begins_with_a_deed(note[each.end() :])), None)


def _kept_doing(note: str) -> str | None:
    """Return “the brief keeps being changed” for “keeps changing the brief”."""
    found = _KEEPS_DOING.match(note)
    doing = _doing().get(found[1].lower()) if found else None
    event = _done(f"{doing} {note[found.end() :]}") if found and doing else None
    return event and re.sub(r"\b(?:was|were)\b", lambda be: _KEEP[be[0]], event, count=1)


_KEEPS_DOING = re.compile(r"(?:keeps?|kept) (\w+ing) ", re.IGNORECASE)
_KEEP = {"was": "keeps being", "were": "keep being"}


def _done(note: str) -> str | None:
    """Return “the call was canceled” for “canceled the call”, as the check has it for “you”."""
    first = note.partition(" ")[0].lower()
    you = "you had" if first in _words().alike else "you"  # “you cut” may be of any time
    said = f"{you} {note[:1].lower()}{note[1:]}"
    rules = frozenset({Rule.SECOND_PERSON})
    mended = mend(said, check(said, language="en", rules=rules))
    if mended == said or check(mended, language="en", rules=rules):
        return None
    return mended[:1].lower() + mended[1:]


def _begun(told: str, note: str) -> str:
    """Return what is told with a capital where the note has one."""
    return told[:1].upper() + told[1:] if note[:1].isupper() else told


_JOINT = re.compile(r"(?P<joint>,? (?:and then|and|but|then)|,)(?: then)? ")
_FORGOT = re.compile(r"forgot to ", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_EXPECTED = re.compile(
    r",? (?:wanting|expecting|needing) (?:them|it|everything|all of (?:it|them)) (?=by\b|on\b)"
    r"(\w+ [^,;]+)"
)
_GOING_ON = re.compile(
    r"(?<=\w)(?<!\bwithout)(?<!\bby),? "
    r"(?:wanting|expecting|needing|saying|asking|telling|claiming)\b"
)
_LATE = re.compile(
    r"(?:late|absent|silent|unreachable|unavailable|rude) ?(?:again|for|with|to|by|on|at|$)"
)
_OF_A_THING = re.compile(r"\w+ed \w+s? (?:was|were|is|are|came|arrived|has|have)\b")
_ASKED_SINCE = re.compile(r"asked (?:me |us )?to ([^,;]+) since ([^,;]+)", re.IGNORECASE)
_BARE_DAY = re.compile(
    rf"\b([a-z]+)( (?:{'|'.join(month_name[1:])})[ \N{{NO-BREAK SPACE}}]\d{{1,2}})\Z"
)


def _on_a_day(found: re.Match[str]) -> str:
    led = _words().prepositions | _words().before_a_day
    return found[0] if found[1].lower() in led else f"{found[1]} on{found[2]}"


def speaks_of_somebody(sentences: Sequence[Sentence], own: OwnWords) -> bool:
    """Tell whether someone unnamed did it: “canceled the call”, “two pages added, no reply”."""
    return any(
        not _begins_with_a_thing(each, own)
        or patterns(own.somebody).are_in(each.tokens)
        or any(two.low in own.led and one.low in _JOINTS for one, two in pairwise(each.tokens))
        for each in sentences
    )


_JOINTS = PARTING | {"and", "but", "then"}


def _begins_with_a_thing(sentence: Sentence, own: OwnWords) -> bool:
    first = sentence.tokens[0]
    return not first.is_word or patterns(own.begins).longest_at(sentence.tokens, 0) is not None


def as_event(note: str, *, dated: bool = False) -> str | None:
    """Return “there was a cancellation again” for “canceled again”, None for other notes."""
    first, _, rest = note.partition(" ")
    if first.lower() == "called" and rest.split(" ")[0] in {"me", "us", "my", "our"}:
        whom, said = _whom_and_what(rest.split(" "))
        if not said or said[0].lower() in _words().by_phone or takes_no_object(said):
            return as_event(" ".join(["called", *said])) if whom in {"me", "us"} else None
        where = re.search(r" (?:in|on|at|during|after|before) .*", rest)
        return f"there were hurtful words{where[0] if where else ''}"
    if request := _REQUEST.match(note):
        several = first.lower().endswith("s") and not dated
        asked = "there are requests" if several else "there was a request"
        asked += " to have" if _TO_HAVE.match(note[request.end() :]) else " for"
        return f"{asked} {note[request.end() :]}"
    if first.lower() == "threatened" and rest.startswith(("a ", "the ", "to ")):
        return f"there was a threat {'' if rest.startswith('to ') else 'of '}{rest}"
    if keeps := _keeps().match(note):
        return f"{_words().keeping[keeps[1].lower()]} keep coming{note[keeps.end() :]}"
    event = read("en", OwnWords).events.get(first.lower().rstrip(","))
    told = rest.lower().split()
    counts = told[:1] in (["two"], ["three"]) and not _SPAN.match(rest.lower())
    # “A call came my brother” goes on in nothing.
    whole = takes_no_object(told) and not counts and told[:1] not in (["and"], ["but"], ["then"])
    if event and _AGAIN_AND_AGAIN.match(rest.lower()):
        event = re.sub(r"^a (\w+)", r"\1s", event)
    return f"{event} {rest}".rstrip() if event and whole else None


_LATE_WITH = re.compile(r"\Alate( again)? with (.+)", re.IGNORECASE)
_TO_HAVE = re.compile(
    r"(?:everything|all of (?:it|them)|the \w+) (?:\w+ed|redone|rewritten|redrawn)\b"
)
_REQUEST = re.compile(
    r"(?:(?:wants?|wanted|demands?|demanded|requests?|requested|expects?|expected)(?: for)?"
    r"|asks? for|asked for) (?!to\b|me\b|us\b|it\b|that\b|my\b|our\b)",
    re.IGNORECASE,
)


@cache
def _keeps() -> re.Pattern[str]:
    doing = any_of(_words().keeping)
    return re.compile(rf"(?:keeps|kept) ({doing})(?: (?:me|us)\b)?", re.IGNORECASE)


def _whom_and_what(words: list[str]) -> tuple[str, list[str]]:
    """Return “me” and what they were called, or when: “a liar”, “at 6 am”."""
    named = 1 if words[0] in {"me", "us"} else 2
    return " ".join(words[:named]), words[named:]


_AGAIN_AND_AGAIN = re.compile(r"(?:all|every|twice|for|several|\w+ times|day and night)\b")


def takes_no_object(rest: Sequence[str]) -> bool:
    """Tell whether a participle takes no object: “added without an estimate”."""
    first = rest[0].lower().strip(",.;") if rest else ""
    behind = first in _words().prepositions or first in _words().behind
    return not first or behind or bool(_SPAN.match(" ".join(rest[:2]).lower()))


_SPAN = re.compile(
    r"half an?\b|the (?:same|day|night|evening|morning)\b|last\b"
    r"|(?:\w+) (?:min|minute|hr|hour|day|night|week|month)s?\b"
)


def named(text: str) -> str:
    """Return “Joan Pike” for “joan pike”: all that is typed small and is no ordinary word."""
    text = _WHO.sub(_as_relative, text)
    first, *more = re.split(r"(, | and | or )", text)
    return "".join(
        [_named(first), *(each if _TELLS_MORE.search(each) else _named(each) for each in more)]
    )


def _as_relative(found: re.Match[str]) -> str:
    """Return “, who does WordPress” for “ he does WordPress”."""
    return f", who {'is ' if found['is'] else ''}"


_WHO = re.compile(
    r",? (?:he|she)"
    r"(?:(?P<is>[’']s) (?!name\b)| (?=(?:is|does|has|knows|works|makes|teaches|writes|runs)\b))"
)
_TELLS_MORE = re.compile(
    r"\b(?:he|she|they|it|we|who|is|are|does|do|great|good|best|very|really|also|knows|works|with)\b"
)


def _named(text: str) -> str:
    if known := _KNOWN_AS.match(text):
        return known[0] + _named(text[known.end() :])
    if text[:1].isupper() or _OF_SOME.match(text):
        return text
    if firm := _OF_A_FIRM.search(text):
        words = text[firm.end() :].split(" ")
        told = [word if word in _words().small else word.capitalize() for word in words]
        return _named(text[: firm.start()]) + firm[0] + " ".join(told)
    if where := _OF_WHERE.search(text):
        return _named(text[: where.start()]) + text[where.start() :]
    words = text.split(" ")
    whole = words[-1] in _words().firms and (words[2:] or not is_listed(words[0]))

    def big(found: re.Match[str]) -> str:
        word, rules = found[0], _words()
        ordinary = not whole and (is_listed(word) or word in rules.firms)
        return word if ordinary or word in rules.small else word.capitalize()

    return re.sub(r"(?<![\w.@/-])[a-z]+(?![\w@/]|\.\w)", big, text)


_KNOWN_AS = re.compile(
    r"(?:(?:my|our|an?|the) )?(?:old )?(?:friend|colleague|buddy|partner|neighbor|cousin|assistant)"
    r" (?=[a-z])(?!from\b|at\b|who\b|of\b|in\b|with\b)"
)
_OF_A_FIRM = re.compile(r" (?:from|at) (?!(?:an?|the|my|our|his|her|their|work|home|school)\b)")
_OF_SOME = re.compile(r"(?:the|a|an|my|our|any|some|local)\b")
_OF_WHERE = re.compile(r" (?:from|at|of|who|with|in) (?:the|a|an|my|our)\b| who\b")


@cache
def _participles() -> frozenset[str]:
    known = (each.participle for each in read("en", EnglishAddress).verbs)
    return _words().participles.union(known)


@cache
def _doing() -> dict[str, str]:
    """Return what somebody is said to do → what they did: “sending” → “sent”."""
    return {_gerund(each.base): each.past for each in read("en", EnglishAddress).verbs}


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if base in _words().doubling else f"{base}ing"


@cache
def _deeds() -> frozenset[str]:
    """Return verbs in the past and what else only somebody does."""
    words = {word for turn in read("en", OwnWords).deeds for word in turn.split("|")}
    return frozenset({each.past for each in read("en", EnglishAddress).verbs} | words)


def _words() -> EnglishNotes:
    words: EnglishNotes = read("en", EnglishNotes)
    return words
