"""The settings and what they ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from content.answers import sentence
from content.knowledge import Words
from content.texts import Texts
from handlers.account import buttons as to
from handlers.clients import buttons as to_clients
from handlers.engine.screen import (
    LABEL_LIMITS,
    Button,
    ButtonRow,
    Screen,
    button,
    chosen,
    cut,
    primary,
    way_back,
)
from handlers.reminders import buttons as to_reminders
from storage.records import UNREADABLE, Gender, Person, Reminding

HOUR = 60
EARLIEST, LATEST = -12 * HOUR, 14 * HOUR


@dataclass(frozen=True, slots=True)
class Local:
    """The person's clock: how their zone is called and what time it is there."""

    zone: str
    time: str


def settings(
    words: Words,
    person: Person,
    local: Local | None,
    reminding: Reminding,
    languages: Sequence[str],
) -> Screen:
    """Show all settings with their values as labels; ``local`` is None until a zone is chosen."""
    texts, gendered = words.texts, words.typed.gendered
    if local is None:
        title, zone = texts("settings.header_unknown"), texts("settings.zone_unknown")
        city = texts("settings.city_unknown")
    else:
        title = texts("settings.header", time=local.time)
        zone = texts("settings.zone", zone=local.zone)
        city = cut(texts("settings.city", city=local.zone), LABEL_LIMITS[1])
    voice = button(
        texts("settings.team_many" if person.team else "settings.team_one"),
        to.SetTeam(team=int(not person.team)),
    )
    gender = button(
        texts("settings.gender", gender=texts(f"settings.genders.{person.gender}")), to.AskGender()
    )
    signed = texts("common.unreadable") if person.signature == UNREADABLE else person.signature
    signature = texts("settings.signature", name=signed or texts("settings.signature_none"))
    at = texts("settings.reminders", time=texts.clock(reminding.remind_at))
    discreet = button(
        texts("settings.discreet" if person.discreet else "settings.open"),
        to.SetDiscreet(discreet=int(not person.discreet)),
    )
    ground = button(
        texts("settings.dark" if person.dark else "settings.light"),
        to.SetDark(dark=int(not person.dark)),
    )
    rows: list[ButtonRow] = [
        (button(city, to.AskCity()),),
        (button(at, to_reminders.ShowReminders()),),
        (voice, gender) if gendered and not person.team else (voice,),
        (button(cut(signature, LABEL_LIMITS[1]), to.AskSignature()),),
    ]
    rows.append((discreet, ground))
    data = button(texts("settings.data"), to.MyData())
    if len(languages) > 1:  # help stands in the menu as well
        language = texts("settings.language", language=texts("settings.own_name"))
        rows.append((data, button(language, to.AskLanguage())))
    else:
        rows.append((data, button(texts("settings.help"), to_clients.Help())))
    rows.append((button(texts("common.to_clients"), to_clients.Home()),))
    body = [zone, texts("settings.voice_team" if person.team else "settings.voice_one")]
    if person.discreet:
        body.append(texts("settings.discreet_scope"))
    return Screen(
        header=title,
        body=tuple(body),
        rows=tuple(rows),
        place=to.ShowSettings().pack(),
    )


def ask_signature(texts: Texts, now: str, said: str = "") -> Screen:
    """Ask how letters are signed."""
    rows: list[ButtonRow] = (
        [(button(texts("settings.signature_drop"), to.ClearSignature()),)] if now else []
    )
    return Screen(
        header=texts("settings.signature_screen"),
        body=(texts("letters.signature_body"),),
        state=said,
        rows=(*rows, (way_back(texts("common.cancel"), to.ShowSettings()),)),
        place=to.AskSignature().pack(),
    )


def ask_gender(texts: Texts, now: Gender) -> Screen:
    """Ask how to write about the person."""
    rows = []
    for gender in (Gender.MALE, Gender.FEMALE, Gender.UNKNOWN):
        label = texts(f"settings.gender_screen.{gender}")
        rows.append((button(chosen(label, gender is now), to.SetGender(gender=gender.value)),))
    return Screen(
        header=texts("settings.gender_screen.header"),
        body=(texts("settings.gender_screen.body"),),
        rows=(*rows, _back(texts)),
        place=to.AskGender().pack(),
    )


def ask_city(
    texts: Texts, clock: tuple[str, int], said: str = "", leave: Button | None = None
) -> Screen:
    """Ask the zone; ``clock`` is the time to check against and its minutes from UTC.

    ``leave``: the way on without one, if that is not back to the settings.
    """
    time, offset = clock
    return Screen(
        header=texts("settings.city_screen.header"),
        body=(said or texts("settings.city_screen.body"),),
        rows=(
            (button(texts("settings.city_screen.clock", time=time), to.AskClock(offset=offset)),),
            (replace(leave, back=True),) if leave else _back(texts),
        ),
        place=to.AskCity().pack(),
    )


def choose_zone(texts: Texts, said: str, cities: Sequence[tuple[str, str]]) -> Screen:
    """Ask which city it is; ``cities`` pairs names with zones."""
    return Screen(
        header=texts("settings.city_screen.choose_header"),
        body=(said,),
        rows=(
            *(
                (button(cut(name, LABEL_LIMITS[1]), to.SetZone(zone=zone)),)
                for name, zone in cities
            ),
            _back(texts),
        ),
        place=to.AskCity().pack(),
    )


def ask_clock(texts: Texts, time: str, offset: int) -> Screen:
    """Ask whether the clock shows this time."""
    span = LATEST - EARLIEST + HOUR

    def moved(minutes: int) -> to.AskClock:
        return to.AskClock(offset=(offset + minutes - EARLIEST) % span + EARLIEST)

    return Screen(
        header=texts("settings.clock_screen.header"),
        body=(texts("settings.clock_screen.body", time=time),),
        rows=(
            (primary(texts("settings.clock_screen.yes"), to.ClockZones(offset=offset)),),
            (
                button(texts("settings.clock_screen.earlier"), moved(-HOUR)),
                button(texts("settings.clock_screen.later"), moved(HOUR)),
            ),
            (button(texts("common.back"), to.AskCity()),),
        ),
        place=to.AskClock(offset=offset).pack(),
    )


def confirm_pin(texts: Texts, local: Local, zone: str) -> Screen:
    """Ask whether the zone of a location is right."""
    return Screen(
        header=texts("settings.pin_screen.header"),
        body=(texts("settings.pin_screen.body", zone=local.zone, time=local.time),),
        rows=(
            (
                button(texts("settings.pin_screen.yes"), to.SetZone(zone=zone)),
                button(texts("settings.pin_screen.no"), to.AskCity()),
            ),
            _back(texts),
        ),
    )


def ask_language(texts: Texts, languages: Sequence[tuple[str, str]]) -> Screen:
    """Ask the language; ``languages`` pairs codes with their own names."""
    return Screen(
        header=texts("settings.language_screen.header"),
        body=(texts("settings.language_screen.body"),),
        rows=(
            *((button(sentence(name), to.SetLanguage(language=code)),) for code, name in languages),
            _back(texts),
        ),
        place=to.AskLanguage().pack(),
    )


def _back(texts: Texts) -> ButtonRow:
    return (way_back(texts("common.to_settings"), to.ShowSettings()),)
