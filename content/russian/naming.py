"""Which Russian words are names: by the dictionary, and by the verb that agrees with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import dropwhile
from typing import Final

from content.named_entities import AnonymousWords, Around, Genders, HiddenKind, NameRole
from content.russian.morphology import Parse, Tag, morphology
from content.russian.names import Case, decline
from content.russian.spelling import undotted

WORD: Final = re.compile(r"[^\W_]+")
LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ]")
NAMED: Final = ("Name", "Surn", "Patr", "Geox", "Orgn")
MAYBE: Final = 0.005
"""Share of its readings from which a word can be a name: «Света» is oftener of «свет»."""
STEM: Final = 3
SURE: Final = 0.9
"""Share from which a word is hardly anything but a name."""
HALF: Final = 0.5
RARE: Final = 0.02
"""Share under which nobody is meant where nothing tells: «Тема»."""
FAIR: Final = 0.2
READINGS: Final = 6
UNDECLINED: Final = re.compile(r"..(?:ино|ово|ево)$")
"""«В мурино»."""
OF_SOMEBODY: Final = re.compile(r"(?:ин|ын|ов|ев)$")
OF_PLACE: Final = re.compile(r"[сц]кий$")
NOBODY: Final = frozenset[str]()
VOWELS: Final = "аеёиоуыэюяйь"


class RussianNaming:
    """Reads Russian words for names; see ``content.anonymous.naming.Naming``."""

    def __init__(self, words: AnonymousWords, vocabulary: frozenset[str]) -> None:
        self._full_names = words.full_names
        self._human, self._spoken_to = words.human, words.human | words.spoken_to
        self._joining, self._company = words.joining, words.company
        self._names, self._idioms = words.names, words.idioms
        self._states, self._whereabouts = words.states, words.whereabouts
        self._befalls, self._lacking = words.befalls, words.lacking
        self._addressing, self._towards = words.addressing, words.towards
        self._of_papers, self._departments = words.of_papers, words.departments
        self._vocabulary, self._firm_ends = vocabulary, words.firm_ends
        self._generic = words.generic | words.trade
        self._firms, self._of_firm, self._nobody = words.firms, words.of_firm, words.nobody
        self._whose, self._governs = words.whose, words.governs
        pieces = "|".join(sorted(words.abbreviated, key=len, reverse=True)) or "(?!)"
        self._abbreviated = re.compile(rf"(?:{pieces}){{2,}}(?:[аеуы]|ом|ой)?$")

    def is_foreign(self, word: str) -> bool:
        return bool(LATIN.search(word))

    def lemmas(self, word: str) -> frozenset[str]:
        return _lemmas(word)

    def forms(self, name: str) -> frozenset[str]:
        return frozenset(decline(name, case) for case in Case)

    def same_stem(self, word: str, form: str) -> bool:
        """Tell whether two words differ by an ending alone, where no dictionary knows the name."""
        stem = form.rstrip(VOWELS)
        if len(stem) < STEM + 1 or not word.startswith(stem) or len(word) - len(stem) > STEM:
            return False
        parse = morphology().parse(word)[0]
        return not parse.is_known or any(kind in parse.tag for kind in NAMED)

    def share(self, word: str) -> float:
        if _lemmas(word.casefold()) & self._names:
            return 1.0
        return _share(word)

    def may_be_name(self, word: str) -> bool:
        return self.share(word) >= MAYBE

    def is_known(self, word: str) -> bool:
        return _is_known(word)

    def is_made_verb(self, word: str) -> bool:
        first = _readings(word)[0]
        if first.is_known:
            return False
        tag = first.tag
        is_verb = tag.POS in ("INFN", "GRND") or (tag.POS == "VERB" and tag.number == "plur")
        return is_verb or tag.person in ("1per", "2per")

    def is_function(self, word: str) -> bool:
        first = _readings(word)[0].tag
        small = ("PREP", "CONJ", "PRCL", "NPRO", "PRED", "INTJ", "ADVB")
        return first.POS in small or "Apro" in first

    def is_verb(self, word: str) -> bool:
        first = _readings(word)[0].tag
        return first.POS in ("VERB", "INFN")

    def acts(self, word: str, behind: str) -> bool:
        if self._is_joined(word, WORD.findall(behind)):
            return True
        names = [each for each in _readings(word) if _is_name(each) and each.tag.case == "nomn"]
        if not names:
            return False
        others = [
            each.tag
            for each in _readings(word)
            if not _is_name(each)
            and (each.tag.case == "nomn" or each.tag.POS not in ("NOUN", "ADJF"))
        ]
        if not others or (self.called(word) and self.share(word) >= RARE):
            return True
        after = WORD.findall(behind)[:4]
        if self._addressing.match(undotted(behind.casefold())) or self.speaks(after):
            return True
        return not self.is_doubtful(word) and _does(names, others, after)

    def _is_joined(self, word: str, after: Sequence[str]) -> bool:
        """Tell whether a first name stands with another: «Лев и Роман», «Толик с Викой»."""
        if len(after) < 2 or after[0] not in self._joining | {"с", "со"}:  # noqa: PLR2004
            return False
        if not (self.called(word) or _people(word)):
            return False
        named = self.called(after[1]) or any("Name" in each.tag for each in _readings(after[1]))
        return after[1][0].isupper() and bool(named)

    def is_doubtful(self, word: str) -> bool:
        """Tell whether only a surname is written like it, and rarely meant: «Мороз», «Чайка»."""
        if _lemmas(word.casefold()) & self._names:
            return False
        readings = _readings(word)
        thing = any(
            each.tag.POS == "NOUN" and each.tag.case == "nomn" and not _is_name(each)
            for each in readings
        )
        return thing and not any("Name" in each.tag for each in readings)

    def kind(self, word: str) -> HiddenKind | None:
        for each in _readings(word):
            for tag, kind in KINDS:
                if tag in each.tag:
                    return kind
            if _of_place(each):
                return HiddenKind.PLACE
        return None

    def role(self, word: str) -> NameRole:
        for each in _readings(word):
            for tag, role in ROLES:
                if tag in each.tag:
                    return role
        return NameRole.FIRST if self.called(word) else NameRole.UNKNOWN

    def called(self, word: str) -> frozenset[str]:
        # No dictionary has «Димон», and in one «Толик» is a form of «толика».
        forms = [
            self.key(word),
            undotted(word.casefold()),
            *(() if _readings(word)[0].is_known else self.lemmas(word)),
        ]
        return next((self._full_names[each] for each in forms if each in self._full_names), NOBODY)

    def is_called(self, word: str, around: Around) -> bool:
        """Tell it by what only persons do: «Квадрат молчит», «Чистый город не отвечает».

        What may be done to a thing tells nothing: «Макет прислал»; what is done to papers and money
        alone does: «Спектр подписал».
        """
        first, after = _nominative(word), around.after
        noun = _nominative(after[0]) if after else None
        if first is None or "Anum" in first or "Apro" in first:
            return False
        if noun is not None and first.POS == "ADJF" and _agree(first, noun):
            if _lemmas(after[0]) & self._generic:
                return False
            first, after = noun, after[1:]
        if (
            first.POS == "NOUN"
            and "anim" in first
            and (
                first is not noun
                or not {word.casefold(), around.after[0]}.isdisjoint(self._vocabulary)
            )
        ):
            return False
        at = next((n for n, one in enumerate(after) if _readings(one)[0].tag.POS == "VERB"), None)
        if at is None or not self.speaks(after[at : at + 1]):
            return False
        if any(_readings(one)[0].tag.POS not in ("PRCL", "ADVB", "CONJ") for one in after[:at]):
            return False
        told = _readings(after[at])[0]
        behind = _readings(after[at + 1])[0] if at + 1 < len(after) else told
        deed = behind if behind.tag.POS == "INFN" else told  # «обещал заплатить»
        done = not self.is_function(behind.word) and any(
            each.tag.POS == "NOUN" and each.tag.case == "accs" for each in _readings(behind.word)
        )
        common = word.casefold() in self._vocabulary and "за" not in after[at + 1 :]
        of_paper = deed.normal_form in self._of_papers and not common
        alone = any("intr" in each.tag for each in _readings(deed.word))
        acts = done or of_paper or alone or first.gender in ("femn", "neut")
        return acts and told.tag.gender in (None, first.gender)

    def leads(self, word: str) -> bool:
        first = _readings(word)[0]
        tag = first.tag
        common = tag.POS in ("NOUN", "ADJF") and "Apro" not in tag and not _is_name(first)
        return common and tag.case == "nomn" and tag.number == "sing"

    def goes_on(self, word: str, after: str) -> bool:
        """Tell whether a small word is the rest of a name: «Лесная | сказка»."""
        nouns = [each.tag for each in _readings(after) if each.tag.POS == "NOUN"] if after else []
        return after.islower() and any(
            _agree(each.tag, noun) and not _of_place(each)
            for each in _readings(word)
            for noun in nouns
        )

    def begins_name(self, word: str) -> bool:
        named = any("Name" in each.tag for each in _readings(word))
        return named and len(word) >= STEM and not self.is_function(word)

    def may_follow_title(self, word: str) -> bool:
        known = _readings(word)[0].is_known
        return self.may_be_name(word) if known else self.kind(word) is not None

    def may_be_firm(self, word: str) -> bool:
        return word not in self._vocabulary and (self.leads(word) or not self.is_known(word))

    def length_from(self, run: Sequence[str]) -> int:
        """Count «ромашки» and «мятного кота»; not «соседнего отдела», not «нашего города»."""
        somewhere = self._generic | self._whereabouts
        if self.is_of(run[0]):
            return int(not {run[0], *_lemmas(run[0])} & (self._vocabulary | somewhere))
        if len(run) < 2 or not somewhere.isdisjoint(_lemmas(run[0]) | _lemmas(run[1])):  # noqa: PLR2004
            return 0
        strange = any(not {word, *_lemmas(word)} & self._vocabulary for word in run[:2])
        of_one = any(
            _agree(each.tag, noun.tag) and not ("Anum" in each.tag or "Apro" in each.tag)
            for each in _readings(run[0])
            for noun in _readings(run[1])
            if noun.tag.POS == "NOUN" and noun.tag.case == "gent"
        )
        return 2 if of_one and strange else 0

    def called_length(self, run: Sequence[str]) -> int:
        """Count a name, or an adjective with its noun, whatever case «зовут» puts them in."""
        first = _readings(run[0])[0]
        if self.is_function(run[0]) or first.tag.POS not in ("NOUN", "ADJF"):
            return int(self.may_be_name(run[0]))
        more = _readings(run[1])[0] if len(run) > 1 else None
        goes_on = more is not None and (_is_name(more) or _agree(first.tag, more.tag))
        return 2 if goes_on else int(first.tag.POS == "NOUN")

    def firm_length(self, run: Sequence[str]) -> int:
        """Count «зелёный слон» and «пиксель и ко»; not «третий месяц», not «полный отстой»."""
        if len(run) > 2 and run[1] in self._joining and run[2].casefold() in self._company:  # noqa: PLR2004
            return 3
        first = _readings(run[0])[0].tag
        second = _readings(run[1])[0].tag if len(run) > 1 else None
        strange = any(word[0].isupper() or word not in self._vocabulary for word in run[:2])
        adjective = any(each.tag.POS == "ADJF" for each in _readings(run[0]))
        if adjective and second is not None and second.POS == "NOUN":
            of_any = "Anum" in first or "Apro" in first
            nouns = [each.tag for each in _readings(run[1]) if each.tag.POS == "NOUN"]
            agree = any(
                each.tag.case == "nomn" and _agree(each.tag, noun)
                for each in _readings(run[0])
                for noun in nouns
            )
            strange = strange or self.speaks(run[2:3])  # «тёплый угол | молчит»
            anything = not (self._generic | self._whereabouts).isdisjoint(_lemmas(run[1]))
            anything = anything and run[0] in self._vocabulary  # not «медовый дом»
            return 2 if strange and agree and not (of_any or anything) else 0
        if len(run) > 1 and _belongs(run[0], run[1]):
            return 2
        if not self.may_be_firm(run[0]):
            return 0
        of_it = second is not None and second.POS == "NOUN" and second.case == "gent"
        of_it = of_it or (len(run) > 2 and self.leads(run[1]) and self.speaks(run[2:]))  # noqa: PLR2004
        return 2 if of_it or not self._firm_ends.isdisjoint(run[1:2]) else 1

    def may_be_called(self, word: str) -> bool:
        names = [each for each in _readings(word) if "Name" in each.tag]
        return bool(names) and not self.is_verb(word) and self.share(word) >= FAIR

    def is_of(self, word: str) -> bool:
        if not word.islower():
            return False
        first = _readings(word)[0].tag
        return first.POS == "NOUN" and first.case == "gent"

    def is_surely(self, word: str, around: Around) -> bool:
        share = self.share(word)
        named = any("Name" in each.tag and each.tag.case == "nomn" for each in _readings(word))
        near = around.previous
        towards = near.casefold() in self._towards
        called = bool(self.called(word)) and (
            (towards and share >= FAIR) or not self.is_known(word)
        )
        strange = towards and share >= HALF and _lemmas(word).isdisjoint(self._vocabulary)
        department = " ".join(around.after[:2]).casefold() in self._departments
        if called or strange or (department and (named or self.called(word))):
            return True  # «у костика», «светке», «с ренатой», «света из бухгалтерии»
        if not self.is_known(word) and self._abbreviated.match(undotted(word)):
            return True  # «промтех»
        village = not self.is_known(word) and UNDECLINED.search(word) and around.before
        if village and _readings(around.before[0])[0].tag.POS == "PREP":
            return True
        if share >= SURE or (
            (named or self.called(word))
            and (self.speaks(around.after) or self._spoke(word, around))
        ):
            return True
        if share < HALF:
            return False
        # «Валера» is «валер» as well, which nobody says; «роза» is a flower.
        of_name = {each.normal_form for each in _readings(word) if _is_name(each)}
        return bool(self.called(word)) and not any(
            each.tag.case == "nomn" or each.normal_form in of_name
            for each in _readings(word)
            if not _is_name(each)
        )

    def is_person(self, word: str, around: Around) -> bool:
        """Tell it by who speaks and is spoken to: «вера опять молчит», «ответ от веры»."""
        cases = {each.tag.case for each in _readings(word) if each.tag.POS == "NOUN"}
        acts = self.speaks(around.after) or self._spoke(word, around)
        joined = word[0].isupper() and self._is_joined(word, around.after)
        if joined or ("nomn" in cases and acts):
            return True
        before, behind = around.before, tuple(map(str.casefold, around.after))
        if behind[:1] in (("в",), ("на",), ("к",)) and not before and len(behind) > 1:
            sayings = {f"{each} {behind[0]}" for each in _lemmas(word.casefold())}
            if sayings & self._idioms and not _lemmas(behind[1]) & self._whereabouts:
                return False  # «Вера в себя пропадает»
        if "nomn" in cases and {" ".join(behind[:1]), " ".join(behind[:2])} & self._states:
            return True
        if before and _readings(before[0])[0].tag.POS == "PREP":
            if before[0].casefold() not in self._towards:
                return False
            before = before[1:]
        elif not cases - {"nomn"} or _accusative_thing(word):
            return False
        return bool(before) and bool(_lemmas(before[0]) & self._spoken_to)

    def is_surname(self, word: str, around: Around) -> bool:
        first = around.previous
        named = bool(first) and self.role(first) is NameRole.FIRST and self.share(first) >= HALF
        if not named or self.is_made_verb(word):
            return False
        if not self.is_known(word):
            return True
        if self.is_function(word) or not self._generic.isdisjoint(_lemmas(word)):
            return False
        somebody = _nominative(word)
        acts = somebody is not None and "anim" in somebody and self.speaks(around.after)
        surname = any("Surn" in each.tag for each in _readings(word))
        return acts or (surname and word not in self._vocabulary)

    def speaks(self, after: Sequence[str]) -> bool:
        """Tell whether the first verb behind is of one, and what only persons do."""
        verbs = (_readings(said)[0] for said in after)
        first = next((each for each in verbs if each.tag.POS == "VERB"), None)
        if first is None or first.tag.number == "plur" or first.tag.person in ("1per", "2per"):
            return False
        return undotted(first.normal_form) in self._human

    def _spoke(self, word: str, around: Around) -> bool:
        """Tell whether what only persons do stands before who does it: «звонила ленка»."""
        first = _readings(around.before[0])[0] if around.before else None
        if first is None or first.tag.POS != "VERB" or first.tag.number == "plur":
            return False
        if first.tag.person in ("1per", "2per") or _accusative_thing(word):
            return False
        names = [
            each
            for each in _readings(word)
            if each.is_known and "Name" in each.tag and each.tag.case == "nomn"
        ]
        agrees = first.tag.gender is None or _is_of_gender(first.tag, names)
        return bool(names) and agrees and undotted(first.normal_form) in self._human

    def is_thing(self, word: str, around: Around) -> bool:
        """Tell it by what is grammar: «Роман пишу», «марка бумаги», «московский клиент»."""
        if (
            self.share(word) >= SURE
            or not (around.after or around.before)
            or (word[0].isupper() and self.is_person(word, around))
        ):
            return False
        before, after = around.previous, around.following
        common = [each.tag for each in _readings(word) if not _is_name(each)]
        ahead = [each.tag for each in _readings(before)] if before else []
        behind = _readings(after)[0] if after and after.islower() else None
        if self._befalls_it(word, common, around.after) or (
            word.islower()
            and (
                any(_agree(tag, noun) for tag in ahead for noun in common)
                or (before and _is_no_name_after(word, before))
            )
        ):
            return True
        if behind is None or _is_name(behind):
            return False
        if behind.tag.POS == "VERB" and behind.tag.person in ("1per", "2per"):
            return True
        of_it = behind.tag.POS == "NOUN" and behind.tag.case == "gent"
        if of_it or behind.tag.POS == "INFN":  # «марка бумаги», «надежда получить»
            return any(tag.case == "nomn" for tag in common if tag.POS == "NOUN")
        nouns = (each.tag for each in _readings(after) if each.tag.POS in ("NOUN", "ADJF"))
        return any(_agree(tag, noun) for noun in nouns for tag in common)

    def _befalls_it(self, word: str, common: Sequence[Tag], after: Sequence[str]) -> bool:
        """Tell it by what is drawn, missing or happens: «Лев на логотипе», «Света не хватает»."""
        if not common or not word[0].isupper():
            return False
        said = [(_readings(each)[0].tag, _lemmas(each.casefold())) for each in after]
        place, verb = next(
            ((at, each) for at, each in enumerate(said) if each[0].POS == "VERB"), (len(said), None)
        )
        alone = not any(tag.POS == "NPRO" or tag.case == "ablt" for tag, _ in said)
        ours = verb is not None and alone and verb[0].person in ("1per", "2per")
        if not any(each.case == "nomn" or each.POS != "NOUN" for each in common):
            few = any(
                tag.POS == "NUMR" or _is_neuter_verb(tag) or one & self._lacking
                for tag, one in said
            )
            return ours or few or (bool(said) and said[0][0].POS == "INFN")
        if self._is_shown(after[:place]):
            return True
        genders = {tag.gender for tag in common if tag.case == "nomn"}
        others_do = verb is not None and (
            verb[0].number == "plur" or verb[0].gender not in genders | {None}
        )
        done = others_do and _accusative_thing(word)
        return ours or (done and alone) or (verb is not None and bool(verb[1] & self._befalls))

    def _is_shown(self, after: Sequence[str]) -> bool:
        """Tell it by where it is, or by what is named with it: «Лев и корона», «в букете»."""
        nouns = [each for each in after if _readings(each)[0].tag.POS == "NOUN"]
        first = _readings(nouns[0])[0] if nouns else None
        if first is None or "anim" in first.tag or _is_name(first) or nouns[0][0].isupper():
            return False
        if after[0] in self._joining:
            return any(
                "inan" in each.tag and each.tag.case == "nomn" for each in _readings(after[1])
            )
        where = any(each in ("в", "во", "на") for each in after[: after.index(nouns[0])])
        located = any(each.tag.case in ("loct", "loc2") for each in _readings(nouns[0]))
        return where and located and not _lemmas(nouns[0]) & self._whereabouts

    def maybe_length(self, around: Around, run: Sequence[str], *, begins: bool) -> int:
        """Count what nobody knows, what a preposition should bend, what stands beside «фирма».

        And what speaks: «для зелёный лист», «клиника доктор заяц», «лунный свет не отвечает».
        """
        word, before = run[0], around.previous.casefold()
        if self.is_function(word) or self.is_verb(word) or len(word) < STEM:
            return 0
        strange = word.casefold() not in self._vocabulary
        asked = self._governs.get(before, frozenset())
        unbent = asked and _cases(word) and asked.isdisjoint(_cases(word))
        told = bool(unbent) or not self._firms.isdisjoint({before, *_lemmas(before)})
        told = told or (strange and before in self._whose)
        if told or (begins and word.casefold() not in self._nobody and self._is_said(run)):
            return self._subject(run)
        towards = before in self._towards | self._of_firm and self.may_be_name(word)
        return int(towards or not (self.is_known(word) or self.is_made_verb(word)))

    def _is_said(self, run: Sequence[str]) -> bool:
        """Tell whether what the coach never says itself does what persons do: «Лось молчит»."""
        at = self._subject(run)
        strange = any(word.casefold() not in self._vocabulary for word in run[:at])
        rest = [*dropwhile(self.is_function, run[at:])]
        return bool(at) and strange and self.speaks(rest[:1])

    def _subject(self, run: Sequence[str]) -> int:
        """Count an adjective with its noun, and what the noun is at or of: «дом у моря»."""
        known = map(self.is_known, run)
        parts = [
            "NOUN" if not there else _readings(word)[0].tag.POS
            for word, there in zip(run, known, strict=True)
        ]
        at = next((place for place, part in enumerate(parts) if part != "ADJF"), len(parts))
        if parts[at : at + 1] != ["NOUN"] or (
            self.is_known(run[0]) and _subjective(run[0]) is None
        ):
            return 0
        if parts[at + 1 : at + 3] == ["PREP", "NOUN"]:
            return at + 3
        return at + 1 + (parts[at + 1 : at + 2] == ["NOUN"])

    def is_usual(self, word: str) -> bool:
        said = {word.casefold(), *_lemmas(word.casefold())}
        return not (self.may_be_name(word) or said.isdisjoint(self._vocabulary))

    def is_doubted(self, word: str) -> bool:
        return bool(_people(word)) and self.may_be_name(word)

    def genders(self, word: str, before: str = "") -> Genders:
        """Return the genders of a word's readings as the name of one; none of «Саша» and «Ким».

        «Петрова» is a woman who acts, or a man to whom something is done: the latter alone where
        «у» or «видел» stands before it.
        """
        names = [
            each.tag
            for each in _named(word)
            if any(tag in each.tag for tag, _ in ROLES) and "plur" not in each.tag
        ]
        if any("ms-f" in tag or "Fixd" in tag for tag in names):
            return Genders()
        if before and _governs(before):
            names = [tag for tag in names if tag.case != "nomn"] or names
        acting = next((str(tag.gender) for tag in names if tag.case == "nomn" and tag.gender), "")
        return Genders(frozenset(str(tag.gender) for tag in names if tag.gender), acting)

    def key(self, word: str) -> str:
        """Return of a name its own dictionary form, else the likeliest one."""
        first = next(iter(_named(word)), _readings(word)[0])
        return undotted(first.normal_form)


ROLES: Final = (
    ("Patr", NameRole.MIDDLE),
    ("Name", NameRole.FIRST),
    ("Surn", NameRole.LAST),
)
KINDS: Final = (
    ("Name", HiddenKind.PERSON),
    ("Surn", HiddenKind.PERSON),
    ("Patr", HiddenKind.PERSON),
    ("Orgn", HiddenKind.FIRM),
    ("Geox", HiddenKind.PLACE),
)


@lru_cache(maxsize=20_000)
def _readings(word: str) -> tuple[Parse, ...]:
    return tuple(morphology().parse(word)[:READINGS])


@lru_cache(maxsize=20_000)
def _is_known(word: str) -> bool:
    return _readings(word)[0].is_known or all(
        map(morphology().word_is_known, re.split(r"[-’']", word.lower()))
    )


@lru_cache(maxsize=20_000)
def _share(word: str) -> float:
    readings = _readings(word)
    whole = sum(each.score for each in readings) or 1.0
    if not readings[0].is_known:
        return 0.0
    return sum(each.score for each in readings if _is_name(each)) / whole


@lru_cache(maxsize=20_000)
def _lemmas(word: str) -> frozenset[str]:
    # No form of a name is a short adjective: «Нова» is not «новый».
    found = [each for each in _readings(word) if each.tag.POS != "ADJS"]
    return frozenset(undotted(each.normal_form) for each in found) or frozenset((word,))


@lru_cache(maxsize=20_000)
def _named(word: str) -> tuple[Parse, ...]:
    """Return the readings as a name, the likeliest first.

    «Анне» is a form of «Анна» before it is a name of its own, «Яне» of «Яна» before one of «Ян».
    """
    names = [each for each in morphology().parse(word) if _is_name(each)]
    changing = [each for each in names if "Fixd" not in each.tag]
    return tuple(sorted(changing or names, key=lambda each: each.tag.case == "loct"))


@lru_cache(maxsize=20_000)
def _governs(word: str) -> bool:
    """Tell whether a name after this word is not who acts: after a preposition, «видел», «ждём»."""
    tag = _readings(word)[0].tag
    if tag.POS == "VERB":
        return tag.number == "plur" or tag.person in ("1per", "2per") or tag.gender == "masc"
    return tag.POS in ("PREP", "INFN", "GRND")


@lru_cache(maxsize=20_000)
def _is_of_place(adjective: str) -> bool:
    """Tell whether an adjective is made of a place: «воронежский», «московский»."""
    stem = OF_PLACE.sub("", adjective)
    if stem == adjective or len(stem) < STEM + 1 or not morphology().word_is_known(adjective):
        return False
    places = [stem + ending for ending in ("", "а", "ь", "о", "я", "ия", "ы", "к", "ск", "нь")]
    return any(
        "Geox" in each.tag and each.is_known and each.normal_form == place
        for place in (*places, stem.removesuffix("ов") + "ва", stem.removesuffix("ен") + "о")
        for each in morphology().parse(place)
    )


def _people(word: str) -> list[Parse]:
    """Return its readings as a first name that is a word as well: «роман», not «альфе»."""
    common = {each.normal_form for each in _readings(word) if not _is_name(each)}
    return [each for each in _readings(word) if "Name" in each.tag and each.normal_form in common]


def _belongs(surname: str, word: str) -> bool:
    """Tell whether a thing may be called somebody's: «булкин дом»."""
    genders = {
        each.tag.gender
        for each in _readings(surname)
        if "Surn" in each.tag and each.tag.case == "nomn" and OF_SOMEBODY.search(each.normal_form)
    }
    thing = _nominative(word) if len(word) >= STEM else None
    return thing is not None and "inan" in thing and thing.gender in genders


def _cases(word: str) -> frozenset[str | None]:
    tags = (each.tag for each in _readings(word))
    return frozenset(tag.case for tag in tags if tag.POS in ("NOUN", "ADJF"))


def _accusative_thing(word: str) -> bool:
    """Tell whether a form is a thing's that something is done to, and no person's: «пишу роман»."""
    names = {each.tag.case for each in _people(word)}
    others = {each.tag.case for each in _readings(word) if not _is_name(each)}
    return names == {"nomn"} and "accs" in others


def _is_no_name_after(word: str, before: str) -> bool:
    """Tell whether no name fits behind a word: «пишу роман», «в романе», «верстаю романы»."""
    people = _people(word)
    if not people:
        return False
    if all(each.tag.number == "plur" for each in people):
        return True
    ahead = _readings(before)[0].tag
    if ahead.POS == "PREP" and before.casefold() in ("в", "во", "на"):
        return True
    does = ahead.POS == "INFN" or (ahead.POS == "VERB" and ahead.person in ("1per", "2per"))
    return (does or ahead.POS == "PREP") and _accusative_thing(word)


def _agree(adjective: Tag, noun: Tag) -> bool:
    """Tell whether an adjective can belong to a noun: «последняя надежда»."""
    if adjective.POS != "ADJF" or adjective.case != noun.case or adjective.number != noun.number:
        return False
    return adjective.number == "plur" or adjective.gender == noun.gender


def _is_neuter_verb(tag: Tag) -> bool:
    """Tell whether nobody does it: «света не было»."""
    return tag.POS == "VERB" and tag.gender == "neut"


def _nominative(word: str) -> Tag | None:
    """Return what a word is as the subject of one thing, where it can be it."""
    tags = (each.tag for each in _readings(word) if each.is_known and each.tag.number == "sing")
    return next((tag for tag in tags if tag.POS in ("NOUN", "ADJF") and tag.case == "nomn"), None)


def _subjective(word: str) -> Tag | None:
    """Return what a word is as the subject, of one thing or of several: «лапки»."""
    tags = (each.tag for each in _readings(word) if each.is_known)
    return next((tag for tag in tags if tag.POS in ("NOUN", "ADJF") and tag.case == "nomn"), None)


def _does(names: Sequence[Parse], others: Sequence[Tag], after: Sequence[str]) -> bool:
    """Tell whether the first of the words behind that says what somebody does fits a name."""
    genders = {each.gender for each in others if each.POS == "NOUN"}
    for said in after:
        tag = _readings(said)[0].tag
        if tag.POS == "VERB" and tag.number != "plur":
            return tag.gender is None or _is_of_gender(tag, names)
        if tag.POS == "NOUN" and tag.case == "nomn" and "anim" in tag:
            return True
        if tag.POS in ("ADJF", "ADJS", "PRTS") and tag.case in (None, "nomn"):
            return tag.gender not in genders and _is_of_gender(tag, names)
    return False


def _is_of_gender(tag: Tag, names: Sequence[Parse]) -> bool:
    return any(tag.gender == each.tag.gender or "ms-f" in each.tag for each in names)


def _is_name(parse: Parse) -> bool:
    return any(kind in parse.tag for kind in NAMED) or _of_place(parse)


def _of_place(parse: Parse) -> bool:
    return parse.tag.POS == "ADJF" and _is_of_place(parse.normal_form)
