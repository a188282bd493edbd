"""What haste writes together, apart or half: «на половину», «доп выезд», «20го», «QR код».

The words that the rules go by stand in ``content/data/checking/ru/haste.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_day_names, get_month_names

from content.russian.lexicon import haste
from content.russian.morphology import Parse, morphology
from content.typography import NO_BREAK
from content.wordlists import any_of


def spelled_out(text: str) -> str:
    """Return a text without the slips that a rule can tell from what is meant."""
    for slip, written in _SLIPS:
        text = slip.sub(written, text)
    text = _UNKNOWN.sub(_with_its_letters, _TIME.sub(_of_so_long, text))
    text = _short().sub(_in_full, _told().sub(_quoted, text))
    text = _SHORT_DAY.sub(_whole_day, _EACH_WEEK.sub(_on_these_days, text))
    text = _WHICH_OF_THEM.sub(_which_of_them, text)
    text = _DAY_OF_MONTH.sub(r"\1", _ENDING.sub(_with_hyphen, text))
    text = _ALSO.sub(_which_too, _WHICH.sub(_which, _OF_SEVERAL.sub(_several, text)))
    text = _called().sub(_with_its_name, text)
    text = _apart().sub(_hyphened, _compound().sub(_joined, text))
    text = _hanging().sub(_has_not_come, _hanging_first().sub(_has_not_come, text))
    return _hurled().sub(_sent, text)


_END = r"(?= *(?:[,.;:!?)]|$|(?:и|а|но|или)\b))"
_SLIPS = (
    (re.compile(r"\b([Кк])о (?=1|[3-9]|2\d)"), r"\1 "),
    (re.compile(r"\b([Оо]) чем(?= [а-яё])"), r"\1 чём"),
    (re.compile(rf"\bна половину{_END}"), "наполовину"),
    (
        re.compile(
            r"(?<![\w.,/-])(\d{1,4}(?:[.,]\d{1,2})?)(?=(?:кг|см|мм|км|м|шт|стр|мин|сек)(?![\w/-])"
            r"(?! ?(?:руб|₽|р\b)))"
        ),
        rf"\1{NO_BREAK}",
    ),
    (re.compile(r"\bсч[её]т (?=фактур)"), "счёт-"),
    (re.compile(r"\b(сч[её]т[а-я]{1,2}) (?=фактур)"), r"\1-"),
    (re.compile(rf"\bво время{_END}"), "вовремя"),
    (re.compile(r"\bв виду (?=того|отсутстви|болезн|задержк)"), "ввиду "),
    (re.compile(r"\bна счет (?=срок|цен|правк|оплат|этог|того)"), "насчёт "),
    (
        re.compile(r"\bв течении (?=\d|[а-яё]+(?:х|и) |дня|час|недел|месяц|сут|рабоч|год)"),
        "в течение ",
    ),
    (re.compile(r"\b((?:по|к) (?:[а-яё]+ )?)счету\b"), r"\1счёту"),
    (
        re.compile(
            r"\b((?:после|до|от|без|из|оплат[аыу]|дат[аыу]|выставлени[яе]|получени[яе]|номер[ау]?"
            r"|сумм[аыу]) (?:[а-яё]+(?:ого|его) )?)счета\b"
        ),
        r"\1счёта",
    ),
    (
        re.compile(
            r"\b([Гг]де|[Кк]уда|[Оо]ткуда|[Пп]очему|[Зз]ачем|[Кк]то|[Кк]ого|[Кк]ому|[Чч]его|[Чч]ему"
            r"|[Кк]ак(?:ой|ая|ое|ие|ую|ого|ому|их|им|ими))"
            r" то(?= [а-яё]|$)(?!,| (?:же|что|чего|кто|есть)\b)"
        ),
        r"\1-то",
    ),
    (
        re.compile(
            r"\b([Пп]о) (?=[а-яё]+[сц]ки(?![а-яё])|(?:друг|стар|нов|прежн|разн|хорош)[ое]му"
            r"(?=[.,;:!?]|$|(?: (?:и|а|но|или)\b)))"
        ),
        r"\1-",
    ),
    (re.compile(r"\bпол (?=(?:часа|дня|года|месяца|недели|цены|суммы|ставки)\b)"), "пол"),
    (
        re.compile(
            r"(?<![\d.])(\d{1,3})\.(?=\d{1,2}\s?"
            r"(?:млн|млрд|тыс|тыщ|к\b|час|ч\b|дня|недел|месяц|год|км|м\b|кг|см\b))"
        ),
        r"\1,",
    ),
    (re.compile(r"((?:^|\bсч[её]т[ае]? ))номер (?=\d{1,6}(?![\d-]))"), rf"\1№{NO_BREAK}"),
)


_UNKNOWN = re.compile(r"(?<![\w.@/-])[а-яё]{6,}(?![\w@/-]|\.\w)")
_CONSONANT = re.compile(r"[бвгджзклмнпрстфцчш]")
_NO_WORDS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Infr", "Abbr", "Erro", "Dist")


def _with_its_letters(found: re.Match[str]) -> str:
    """Return «договорённости» for «договорености», «съёмка» for «сьемка»: a letter is lacking.

    Only where doubling one consonant, leaving one of two out, or the other sign makes the only
    word of it.
    """
    word = found[0]
    if morphology().word_is_known(word) or word.startswith(tuple(haste().spelled_so)):
        return word
    twice = {word[: c.end()] + word[c.start() :] for c in _CONSONANT.finditer(word)}
    once = {word[: c.start()] + word[c.start() + 1 :] for c in re.finditer(r"([а-я])(?=\1)", word)}
    hard = {word.replace("ь", "ъ")} if "ь" in word else {word.replace("ъ", "ь")} - {word}
    known = [each for each in twice | once | hard if _is_plain(each)]
    return known[0] if len(known) == 1 else word


def _is_plain(word: str) -> bool:
    if not morphology().word_is_known(word):
        return False
    return not any(kind in morphology().parse(word)[0].tag for kind in _NO_WORDS)


_TIMES = {"нед": "неделя", "мес": "месяц", "дн": "день"}
_TIME = re.compile(
    r"(?:(?<![\w-])(до|от|около|после|более|менее|больше|меньше|течение|свыше) )?"
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?) ?(нед|мес|дн)(?![\w-])\.?(?=(\s+[А-ЯЁ]|\s*$)?)"
)


def _of_so_long(found: re.Match[str]) -> str:
    """Return «2 недели», «до 2 недель», «2,5 месяца» for «2 нед», «до 2 нед», «2.5 мес»."""
    before, number, short, ends = found.groups()
    whole = number.isdigit()
    one = number.endswith("1") and not number.endswith("11")
    few = number[-1] in "234" and number[-2:-1] != "1"
    many = before or not (one or few)
    form = {"gent", "plur"} if many and not one else {"gent", "sing"}
    form = {"nomn", "sing"} if one and not before else form
    said = morphology().parse(_TIMES[short])[0].inflect(form if whole else {"gent", "sing"})
    stop = "." if found[0].endswith(".") and (ends or "").strip() else ""
    led = f"{before} " if before else ""
    return f"{led}{number.replace('.', ',')} {said.word if said else short}{stop}"


@cache
def _told() -> re.Pattern[str]:
    praise = rf"({any_of(haste().wrote)}) ({any_of(haste().praise)})"
    return re.compile(rf"\b{praise}(?:,? (спасибо)\b|(?= *(?:[,.;!\d]|$)))", re.IGNORECASE)


def _quoted(found: re.Match[str]) -> str:
    """Return «написали „супер, спасибо“» for «написали супер спасибо»."""
    return f"{found[1]} «{found[2]}{f', {found[3]}' if found[3] else ''}»"


@cache
def _short() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(\w+) )?({any_of(haste().in_full)})\.? "
        r"((?:[а-яё]+(?:ый|ий|ой|ая|ые|ых|ую) )?)([а-яё]{3,})(?![\w-])",
        re.IGNORECASE,
    )


_GOVERNED = {
    **dict.fromkeys(("за", "на", "в", "про", "через"), ("accs", "loct", "ablt")),
    **dict.fromkeys(("без", "до", "от", "для", "из", "после", "кроме", "сверх"), ("gent",)),
    **dict.fromkeys(("с", "со", "над", "перед", "под"), ("ablt", "gent")),
    **dict.fromkeys(("о", "об", "при"), ("loct",)),
    **dict.fromkeys(("к", "по"), ("datv",)),
}


_SHORT_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_ANY_DAYS = (
    rf"(?:{'|'.join(_SHORT_DAYS)})(?:(?:, | и )(?:{'|'.join(_SHORT_DAYS)}))*(?![\w–—-]|\.\w)"
)
_SHORT_DAY = re.compile(rf"(?<![\w-])(во?|на|до|со?|после|кроме|ко?) ({_ANY_DAYS})", re.IGNORECASE)
_EACH_WEEK = re.compile(rf"(?<=\bпо )({_ANY_DAYS})", re.IGNORECASE)


def _on_these_days(found: re.Match[str]) -> str:
    """Return «по вторникам и четвергам» for «по вт и чт»."""
    return re.sub(r"[а-я]{2}", lambda day: _day_named(day[0], {"datv", "plur"}), found[0].lower())


def _day_named(short: str, form: set[str]) -> str:
    name = get_day_names("wide", locale="ru")[_SHORT_DAYS.index(short)]
    bent = morphology().parse(name)[0].inflect(form)
    return bent.word if bent else short


_WHICH_OF_THEM = re.compile(
    r"(?<![\w-])((?:[Дд]о|[Сс]|[Оо]т|[Пп]осле) )(\d{1,2}) ([а-яё]{4,})(?![\w-])"
)


def _which_of_them(found: re.Match[str]) -> str:
    """Return «до 9-й главы», «до 5-го числа»: of several it would be «до 9 глав»."""
    nouns = [r for r in morphology().parse(found[3]) if r.score >= _LIKELY]
    single = all({"NOUN", "gent", "sing"} <= r.tag.grammemes for r in nouns)
    if not nouns or not single or nouns[0].normal_form in _NOT_COUNTED or found[3] in _MONTH_NAMES:
        return found[0]
    return f"{found[1]}{found[2]}-{'й' if found[3].endswith(('ы', 'и')) else 'го'} {found[3]}"


_MONTH_NAMES = frozenset(get_month_names("wide", locale="ru").values())
_NOT_COUNTED = frozenset({"утро", "вечер", "день", "ночь", "час"})


def _whole_day(found: re.Match[str]) -> str:
    """Return «до среды» for «до ср», «в среду и пятницу» for «в ср и пт»."""
    preposition, low = found[1], found[1].lower()
    case = _CASES.get(low.rstrip("о") if low != "до" else low, "gent")
    days = re.sub(r"[а-я]{2}", lambda day: _day_named(day[0], {case}), found[2].lower())
    joined = "о" if days.startswith("вт") and low in {"в", "с", "к"} else ""
    return f"{preposition}{joined} {days}"


_CASES = {"в": "accs", "на": "accs", "к": "datv"}


def _in_full(found: re.Match[str]) -> str:
    """Return «следующий день» for «след день», «5 дополнительных правок» for «5 доп правок»."""
    before, short, between, word = found.groups()
    noun = _noun_behind((before or "").lower(), word.lower())
    if noun is None:
        return found[0]
    wanted = _agreeing(noun, few=(before or "").lower() in haste().few)
    form = morphology().parse(haste().in_full[short.lower()])[0].inflect(wanted)
    if form is None:
        return found[0]
    said = form.word.capitalize() if short[0].isupper() else form.word
    return f"{before + ' ' if before else ''}{said} {between}{word}"


def _noun_behind(before: str, word: str) -> Parse | None:
    """Return the reading of a noun in the case that what stands before it wants."""
    nouns = [each for each in morphology().parse(word) if each.tag.POS == "NOUN"]
    nouns = [each for each in nouns if "inan" in each.tag] or nouns
    counted = before.isdigit() or before in haste().few or before in haste().many
    wanted = ("gent",) if counted else _GOVERNED.get(before, ("nomn", "accs"))
    in_case = (noun for case in wanted for noun in nouns if noun.tag.case == case)
    return next(in_case, nouns[0] if nouns else None)


def _agreeing(noun: Parse, *, few: bool) -> set[str]:
    """Return the form of an adjective; after «два» it is «дополнительных», but of women «-ые»."""
    case, gender = str(noun.tag.case), noun.tag.gender or "masc"
    if few:
        return {"nomn" if gender == "femn" else "gent", "plur"}
    plural = noun.tag.number == "plur"
    if case == "accs" and (plural or gender == "masc"):
        case = "nomn"  # of things both are the same
    return {case, "plur"} if plural else {case, "sing", gender}


_ENDING = re.compile(r"(?<![\w.,-])(\d{1,2})(ого|ому|го|му|ое|ая|ую|ые|ых|ый|ой|я|ю|й|х)(?!\w)")


def _with_hyphen(found: re.Match[str]) -> str:
    """Return «20-го» for «20го» and «5-й» for «5ый»."""
    ending = found[2]
    short = ending[1:] if len(ending) > 1 and ending[0] in "оаыу" else ending
    return f"{found[1]}-{short}"


_MONTHS = "|".join(get_month_names("wide", locale="ru").values())
_DAY_OF_MONTH = re.compile(rf"(?<!\w)(\d{{1,2}})-(?:го|е|му)(?= (?:{_MONTHS})\b)")
_OF_SEVERAL = re.compile(r"(?<!\w)(\d{1,2})-х(?= ([а-яё]+))")
_WHICH = re.compile(r"(?<![\w.,:№«-])(?<!№ )(\d{1,2}) ([а-яё]{3,})(?![\w-])")


def _several(found: re.Match[str]) -> str:
    """Return «до 2 дней» for «до 2-х дней»; what is no noun behind it keeps it."""
    noun = morphology().parse(found[2])[0].tag.POS == "NOUN"
    return found[1] if noun else found[0]


def _which(found: re.Match[str]) -> str:
    """Return «3-ю версию» for «3 версию»: in that case a number counts nothing."""
    number, word = found.groups()
    nouns = [each for each in morphology().parse(word) if each.score >= _LIKELY]
    counts = number.endswith("1") and number != "11"
    single = all(
        each.tag.POS == "NOUN"
        and each.tag.number == "sing"
        and each.tag.case in {"nomn", "accs"}
        and "Fixd" not in each.tag
        for each in nouns
    )
    before = re.search(r"([а-яё]+) $", found.string[: found.start()])
    named = before is not None and (
        before[1] == "из" or _may_be_numbered(before[1])
    )  # «глава 4 половина готова», «30 из 45 корпус готов»
    times = any(each.normal_form == "час" for each in nouns)  # «после 18 час 500»
    if times or counts or named or not nouns or not single or not morphology().word_is_known(word):
        return found[0]
    tag = nouns[0].tag
    if tag.gender == "femn":
        ending = "ю" if tag.case == "accs" else "я"
    else:
        ending = "й" if tag.gender == "masc" else "е"
    return f"{number}-{ending} {word}"


_ALSO = re.compile(r"((?<!\d)\d{1,2}(-[йяею]) [^,.;:\n]*, (?:а )?)(\d{1,2})(?= ([а-яё]+))")


def _which_too(found: re.Match[str]) -> str:
    """Return «3-й квартал закрыт, 4-й не начат» where the second number is of the same."""
    told = found[4] == "не" or morphology().parse(found[4])[0].tag.POS in {"VERB", "PRTS", "ADVB"}
    return f"{found[1]}{found[3]}{found[2]}" if told else found[0]


@cache
def _called() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])((?:{any_of(haste().called)})[а-яё]{{0,2}}) ([а-яё]{{4,}})(?![\w-])"
    )


def _with_its_name(found: re.Match[str]) -> str:
    """Return «блок „Отзывы“» for «блок отзывы», but «блок отзывов» and «страница готова»."""
    readings = morphology().parse(found[2])
    named = all(r.tag.POS == "NOUN" and r.tag.case in {"nomn", "accs"} for r in readings)
    named = named and any(r.tag.case == "nomn" for r in morphology().parse(found[1].lower()))
    named = named and not re.search(r"\b[а-яё]+(?:йте|ите)\b", found.string[: found.start()])
    return f"{found[1]} «{found[2].capitalize()}»" if named else found[0]


def _may_be_numbered(word: str) -> bool:
    reading = morphology().parse(word)[0]
    return reading.tag.POS == "NOUN" and reading.tag.case == "nomn"


_LIKELY = 0.1


@cache
def _compound() -> re.Pattern[str]:
    first, behind = any_of(haste().joined_to), any_of(haste().joined_behind)
    return re.compile(rf"(?<![\w-])({first}) ((?:{behind})[а-яё]*)")


def _joined(found: re.Match[str]) -> str:
    """Return «видеоролик» for «видео ролик», where that is a word: not «фото зала»."""
    word = found[1] + found[2]
    return word if morphology().word_is_known(word.lower()) else found[0]


@cache
def _apart() -> re.Pattern[str]:
    first, heads = any_of(haste().hyphened_to), any_of(haste().hyphened_behind)
    return re.compile(
        rf"(?<![\w.@/-])({first}|[A-Z]{{2,4}}|[23][Dd]) ((?:{heads})[а-яё]*)(?![\w-])"
    )


def _hyphened(found: re.Match[str]) -> str:
    """Return «QR-код» and «онлайн-урок» for «QR код» and «онлайн урок»."""
    before = re.search(r"([а-яё]+) $", found.string[: found.start()])
    behind = before is not None and morphology().parse(before[1])[0].tag.POS == "NOUN"
    if behind and found[1] in {"онлайн", "офлайн"}:
        return found[0]  # «занятия онлайн»
    noun = any(each.tag.POS == "NOUN" for each in morphology().parse(found[2].lower()))
    first = found[1].upper() if found[1].isascii() and len(found[1]) < _WORD else found[1]
    return f"{first}-{found[2]}" if noun else found[0]


_WORD = 4


@cache
def _hurled() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:за|пере)?({any_of(haste().sent)})(?!\w)"
        r"(?! (?:\d[\d ]*(?:%|₽|тыс|руб|р\b|к\b|процент)|цен|процент|скидк|немного|пару|чуть))",
        re.IGNORECASE,
    )


def _sent(found: re.Match[str]) -> str:
    """Return «пришлю файлы» for «скину файлы», but «скину 10 %» stays."""
    said = haste().sent[found[1].lower()]
    return said.capitalize() if found[0][0].isupper() else said


@cache
def _hanging() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)({any_of(haste().come)})( [^,.;:\n]*?)? "
        r"(?:по|за)?вис(?:ит|ят|ел[аои]?|л[аио])(?!\w)",
        re.IGNORECASE,
    )


@cache
def _hanging_first() -> re.Pattern[str]:
    hangs = r"(?:(?:еще|ещё|пока) )?(?:по|за)?вис(?:ит|ят)(?: (?:еще|ещё|пока))?"
    rest = r"((?: (?:[^,.;:\n]|(?<=тыс|млн|руб)\.)*)?)"
    return re.compile(
        rf"(?<![^\W\d_] )(?<!\w){hangs} ({any_of(haste().come)}){rest}", re.IGNORECASE
    )


def _has_not_come(found: re.Match[str]) -> str:
    """Return «оплата за май не пришла» for «оплата за май висит»."""
    return f"{found[1]}{found[2] or ''} не {haste().come[found[1].lower()]}"
