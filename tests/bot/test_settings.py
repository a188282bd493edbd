"""What the operator decides, and what is said of a bad decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.exits import CONFIG, Leave
from bot.settings import Settings, read_settings
from tests.canary import TOKEN

VARIABLES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _empty_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_local_chat_keeps_its_own_database_and_keys() -> None:
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.database == "sqlite:///data/local.db"
    assert settings.keys_file == Path("data/local-keys.db")


def test_a_token_means_telegram_and_the_real_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN} ")
    settings = read_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.database == "sqlite:///data/coach.db"
    assert settings.keys_file is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert TOKEN not in repr(settings)


def test_reminders_that_may_be_lost_are_repeated_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_settings().reminder_delivery == "at_least_once"
    monkeypatch.setenv("REMINDER_DELIVERY", "At_Most_Once")
    assert read_settings().reminder_delivery == "at_most_once"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("LOG_LEVEL=debug\nDATABASE_URL=sqlite:///a.db\nOTHER=1\n", "utf-8")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/b.db")
    settings = read_settings()
    assert (settings.log_level, settings.database) == ("DEBUG", "sqlite:////srv/b.db")


def test_what_must_not_stand_in_the_environment_may_lie_in_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.settings.SECRETS", tmp_path)
    (tmp_path / "bot_token").write_text(f"{TOKEN}\n", "utf-8")
    (tmp_path / "rate_limit").write_text("7", "utf-8")
    monkeypatch.setenv("RATE_LIMIT", "8")
    settings = read_settings()
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.rate_limit == 8


def test_a_postgresql_database_is_taken_and_its_password_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://coach:s3cret@db/coach")
    settings = read_settings()
    assert settings.database == "postgresql://coach:s3cret@db/coach"
    assert settings.database_name == "PostgreSQL"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("empty", VARIABLES)
def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    monkeypatch.setenv(empty, "")
    assert read_settings() == Settings.model_construct()


def test_the_house_is_open_the_pace_limited_and_the_health_page_off_by_default() -> None:
    settings = read_settings()
    assert (settings.invite_only, settings.rate_limit, settings.health_port) == (False, 20, 0)


@pytest.mark.parametrize(("text", "only"), [("true", True), ("1", True), ("no", False)])
def test_invite_only_is_read_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, text: str, only: bool
) -> None:
    monkeypatch.setenv("INVITE_ONLY", text)
    assert read_settings().invite_only is only


@pytest.mark.parametrize(("text", "on"), [("on", True), (" Off ", False), ("", True)])
def test_the_encryption_is_switched_off_by_that_word_only(
    monkeypatch: pytest.MonkeyPatch, text: str, on: bool
) -> None:
    monkeypatch.setenv("ENCRYPTION", text)
    assert read_settings().encryption is on


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("42", {42}),
        ("1,2, 3", {1, 2, 3}),
        ("1 2\n3,", {1, 2, 3}),
        ("[1, 2]", {1, 2}),
        ("[]", set()),
        ("9007199254740991", {9007199254740991}),
    ],
)
def test_allowed_users_are_read_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch, text: str, ids: set[int]
) -> None:
    monkeypatch.setenv("ALLOWED_USERS", text)
    assert read_settings().allowed_users == ids


def test_a_slash_at_the_end_of_the_server_s_address_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8081/")
    assert read_settings().bot_api_url == "http://127.0.0.1:8081"


def test_proxies_are_told_apart_by_commas_or_spaces_and_keep_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = "p%40ss"  # noqa: S105 - made up
    monkeypatch.setenv(
        "BOT_PROXY", f"socks5h://me:{secret}@one.example, http://two:3128 direct\thttps://three/"
    )
    settings = read_settings()
    assert [str(way) for way in settings.ways] == [
        f"socks5h://me:{secret}@one.example:1080",
        "http://two:3128",
        "",
        "https://three",
    ]
    assert settings.ways[0].password == "p@ss"  # noqa: S105 - made up
    assert settings.ways[3].port == 443
    assert secret not in repr(settings)


@pytest.mark.parametrize(
    ("address", "clear"),
    [
        ("http://relay.example:8081", True),
        ("http://10.0.0.7:8081/prefix", True),
        ("http://127.0.0.1:8081", False),
        ("http://[::1]:8081", False),
        ("http://localhost:8081", False),
        ("https://relay.example", False),
    ],
)
def test_http_to_another_machine_goes_in_the_clear(
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    clear: bool,
) -> None:
    monkeypatch.setenv("BOT_API_URL", address)
    assert read_settings().in_the_clear is clear


BAD = [
    ("BOT_TOKEN", "abc"),
    ("BOT_TOKEN", "123456789"),
    ("BOT_TOKEN", "123456789:"),
    ("BOT_TOKEN", "123456789:AAF abc"),
    ("BOT_TOKEN", f"bot{TOKEN}"),
    ("BOT_TOKEN", f"{TOKEN}\n{TOKEN}"),
    ("BOT_TOKEN", f"{TOKEN}/getMe"),
    ("BOT_TOKEN", "12345678٩:AAF-abcdefghijklmnopqrstuvwxyz_0123"),
    ("BOT_API_URL", "api.telegram.org"),
    ("BOT_API_URL", "ftp://api.telegram.org"),
    ("BOT_API_URL", "https://"),
    ("BOT_API_URL", "https://api.telegram.org?x=1"),
    ("BOT_API_URL", "https://host:port"),
    ("BOT_API_URL", "https://host:99999"),
    ("BOT_API_URL", "https://host/{token}"),
    ("BOT_API_URL", "https://user:secret@host"),
    ("BOT_PROXY", "one.example:1080"),
    ("BOT_PROXY", "socks4://one.example:1080"),
    ("BOT_PROXY", "socks5h://user:secret@"),
    ("BOT_PROXY", "http://host:99999"),
    ("BOT_PROXY", "http://host:port"),
    ("BOT_PROXY", "http://host/path"),
    ("BOT_PROXY", "directly"),
    ("DATABASE_URL", "data/coach.db"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///data/"),
    ("DATABASE_URL", "sqlite://coach.db"),
    ("DATABASE_URL", "mysql://coach:secret@host/coach"),
    ("ALLOWED_USERS", "me"),
    ("ALLOWED_USERS", "1;2"),
    ("ALLOWED_USERS", "-5"),
    ("ALLOWED_USERS", "0"),
    ("ALLOWED_USERS", "[1, 2"),
    ("ALLOWED_USERS", '["a"]'),
    ("ALLOWED_USERS", "[true]"),
    ("ALLOWED_USERS", "[[1]]"),
    ("ALLOWED_USERS", "1.5"),
    ("ALLOWED_USERS", "[1.0]"),
    ("ENCRYPTION", "no"),
    ("ENCRYPTION", "0"),
    ("ENCRYPTION", "false"),
    ("INVITE_ONLY", "perhaps"),
    ("INVITE_ONLY", "2"),
    ("RATE_LIMIT", "-1"),
    ("RATE_LIMIT", "1001"),
    ("RATE_LIMIT", "fast"),
    ("RATE_LIMIT", "2.5"),
    ("HEALTH_PORT", "-1"),
    ("HEALTH_PORT", "65536"),
    ("HEALTH_PORT", "http"),
    ("LOG_LEVEL", "LOUD"),
    ("LOG_LEVEL", "10"),
    ("REMINDER_DELIVERY", "twice"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_setting_is_one_line_that_names_it_and_keeps_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Leave) as left:
        read_settings()
    assert left.value.code == CONFIG
    assert left.value.line.startswith(f"{name}: expected ")
    assert "\n" not in left.value.line
    assert "secret" not in left.value.line
    if name == "BOT_TOKEN":
        assert value not in left.value.line


def test_several_bad_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "abc")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    with pytest.raises(Leave, match=r"BOT_TOKEN: .*; LOG_LEVEL: "):
        read_settings()


def test_a_file_that_is_no_text_is_told_in_one_line() -> None:
    Path(".env").write_bytes(b"BOT_TOKEN=\xff\xfe\x00")
    with pytest.raises(Leave, match=r"^\.env: expected"):
        read_settings()


def with_a_webhook(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    whole = {
        "WEBHOOK_URL": "https://coach.example/hook",
        "WEBHOOK_SECRET": "a" * 16,
        **settings,
    }
    for name, value in whole.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def test_without_a_webhook_telegram_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().webhook_url is None
    settings = with_a_webhook(monkeypatch)
    assert settings.webhook_url == "https://coach.example/hook"
    assert settings.listens_at == ("127.0.0.1", 8080)
    assert "coach.example" not in repr(settings), "the path may be a secret, too"


@pytest.mark.parametrize(
    ("listen", "at"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), ("[::]:8443", ("::", 8443)), ("coach:1", ("coach", 1))],  # noqa: S104 - text
)
def test_where_it_listens_is_a_host_and_a_port(
    monkeypatch: pytest.MonkeyPatch, listen: str, at: tuple[str, int]
) -> None:
    assert with_a_webhook(monkeypatch, LISTEN=listen).listens_at == at


def test_a_bot_api_server_of_one_s_own_may_be_answered_without_tls(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = with_a_webhook(
        monkeypatch, WEBHOOK_URL="http://bot:9000/hook", BOT_API_URL="http://api:8081"
    )
    assert settings.webhook_url == "http://bot:9000/hook"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("WEBHOOK_SECRET", "", "WEBHOOK_URL: expected"),
        ("WEBHOOK_SECRET", "short", "WEBHOOK_SECRET: expected"),
        ("WEBHOOK_SECRET", "a" * 257, "WEBHOOK_SECRET: expected"),
        ("WEBHOOK_SECRET", "a" * 16 + "!", "WEBHOOK_SECRET: expected"),
        ("WEBHOOK_URL", "http://coach.example/hook", "WEBHOOK_URL: expected"),
        ("WEBHOOK_URL", "https://coach.example", "WEBHOOK_URL: expected"),
        ("WEBHOOK_URL", "https://coach.example:5000/hook", "WEBHOOK_URL: expected"),
        ("WEBHOOK_URL", "https://coach.example/hook?a=b", "WEBHOOK_URL: expected"),
        ("WEBHOOK_URL", "hook", "WEBHOOK_URL: expected"),
        ("LISTEN", "8080", "LISTEN: expected"),
        ("LISTEN", "host:", "LISTEN: expected"),
        ("LISTEN", "host:65536", "LISTEN: expected"),
        ("LISTEN", "host:0", "LISTEN: expected"),
        ("LISTEN", "::1:80", "LISTEN: expected"),
        ("REMINDERS_PER_SECOND", "0", "REMINDERS_PER_SECOND: expected"),
        ("REMINDERS_PER_SECOND", "many", "REMINDERS_PER_SECOND: expected"),
    ],
)
def test_a_bad_setting_of_the_webhook_is_one_line_without_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    with pytest.raises(Leave) as left:
        with_a_webhook(monkeypatch, **{name: value})
    assert left.value.code == CONFIG
    assert left.value.line.startswith(told)
    assert left.value.line.count("expected") == 1
    assert len(value) < len("a secret") or value not in left.value.line
