"""Settings, from the environment, ``.env`` or files of secrets; nothing else reads those."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from yarl import URL

from bot.exits import CONFIG, Leave
from storage.protocols import Intake

TELEGRAM = "https://api.telegram.org"
DATABASE = "sqlite:///data/coach.db"
SECRETS = Path("/run/secrets")
"""Where engines of containers lay what must not stand in the environment: a file for each setting,
named as it is in small letters. The environment and ``.env`` go first."""
LOCAL_DATABASE = "sqlite:///data/local.db"
SOCKS_PORT = 1080
LOCAL_KEYS = Path("data/local-keys.db")

_OF_A_BOT = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
_ADDRESS = re.compile(r"https?://[^\s/?#{}@]+(/[^\s?#{}@]*)?")
_PROXY = re.compile(r"(https?|socks5h?)://([^\s/?#@]+@)?[^\s/?#@:]+(:[0-9]{1,5})?/?|direct")
_FROM_BOTFATHER = "a token of @BotFather: digits, a colon, then letters, digits, '_' or '-'"
_WEBHOOK = re.compile(r"https://[A-Za-z0-9.-]+(:(443|80|88|8443))?/[A-Za-z0-9._~/-]*")
_WEBHOOK_OF_OWN_SERVER = re.compile(r"https?://[^\s/?#{}@]+/[^\s?#{}@]*")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+):([0-9]{1,5})")
HIGHEST_PORT = 65535
_EXPECTED: Final = {
    "bot_token": _FROM_BOTFATHER,
    "bot_api_url": f"an address such as {TELEGRAM}, without the token and without a query",
    "bot_proxy": "addresses of proxies such as socks5h://user:password@host:1080 or"
    " http://host:3128, or the word direct, separated by commas or spaces",
    "database_url": f"an address such as {DATABASE} (four slashes for an absolute path)"
    " or postgresql://user:password@host/name",
    "master_key_file": "the path of a file",
    "encryption": "on or off",
    "allowed_users": "Telegram user ids, separated by commas or spaces, or a JSON list of them",
    "invite_only": "true or false",
    "rate_limit": "how many updates of one person in 10 seconds are answered at once, up to 1000,"
    " or 0 for any",
    "health_port": "a port of this computer, 0 for none",
    "health_host": "an address of this computer, such as 127.0.0.1, or 0.0.0.0 for all of them",
    "log_level": "one of DEBUG, INFO, WARNING, ERROR",
    "reminder_delivery": "at_least_once or at_most_once",
    "reminders_per_second": "a number from 1 to 1000; above 30 Telegram takes Stars for each",
    "webhook_url": "an https address with a path at port 443, 80, 88 or 8443, and WEBHOOK_SECRET"
    " with it",
    "webhook_secret": "16 to 256 letters, digits, '_' or '-', which nobody else knows",  # nosec B105
    "listen": "an address of this computer and a port, such as 127.0.0.1:8080",
}


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class ReminderDelivery(StrEnum):
    """What becomes of a reminder when nobody knows whether it has arrived."""

    AT_LEAST_ONCE = "at_least_once"
    """It is sent once more, silently."""
    AT_MOST_ONCE = "at_most_once"


class Settings(BaseSettings):
    """What the operator decides."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    bot_token: SecretStr | None = None
    """None: the local chat in the browser takes Telegram's place."""
    bot_api_url: str = TELEGRAM
    bot_proxy: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Ways to the server, in the order they are tried; ``direct`` is the one without a proxy."""
    database_url: str | None = Field(default=None, repr=False)
    """It may hold a password."""
    master_key_file: Path = Path("data/master.key")
    encryption: bool = True
    """Off: new names and texts are stored as they are, and people are told so."""
    allowed_users: Annotated[frozenset[int], NoDecode] = frozenset()
    """Empty, without ``invite_only``: open to everybody."""
    invite_only: bool = False
    """Nobody comes in but those on the list and those who were invited."""
    rate_limit: Annotated[int, Field(ge=0, le=1000)] = 20
    """Updates of one person in 10 seconds; beyond them their lane is slowed. 0: never."""
    health_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """Port of the health page on the loopback; 0: no page."""
    health_host: str = "127.0.0.1"
    """Where it listens; elsewhere than on the loopback anybody who reaches it may read it."""
    log_level: LogLevel = LogLevel.INFO
    reminder_delivery: ReminderDelivery = ReminderDelivery.AT_LEAST_ONCE
    reminders_per_second: Annotated[int, Field(ge=1, le=1000)] = 25
    """Messages of the coach's own accord, of all processes together."""
    webhook_secret: SecretStr | None = None
    webhook_url: str | None = Field(default=None, repr=False)
    """None: Telegram is asked for updates."""
    listen: str = "127.0.0.1:8080"
    """Where the webhook listens, without TLS."""

    @property
    def listens_at(self) -> tuple[str, int]:
        """Host and port of the webhook."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def intake(self) -> Intake | None:
        """How updates come; None where Telegram brings none."""
        if self.bot_token is None:
            return None
        return Intake.WEBHOOK if self.webhook_url else Intake.POLL

    @property
    def ways(self) -> tuple[URL, ...]:
        """The proxies, with user and password; an empty address for the way without one."""
        texts = (each.get_secret_value() for each in self.bot_proxy)
        return tuple(URL() if text == "direct" else _proxy(text) for text in texts)

    @property
    def in_the_clear(self) -> bool:
        """Tell whether the token and the texts go to another machine without TLS."""
        address = URL(self.bot_api_url)
        return address.scheme == "http" and not _is_here(address.host or "")

    @property
    def database(self) -> str:
        """The database to use; the local chat keeps its own unless told otherwise."""
        return self.database_url or (DATABASE if self.bot_token else LOCAL_DATABASE)

    @property
    def database_name(self) -> str:
        """The database as it may be told: the address of another engine may hold a password."""
        return self.database if self.database.startswith("sqlite:") else "PostgreSQL"

    @property
    def keys_file(self) -> Path | None:
        """The wrapped keys, where not ``keys.db`` beside the database.

        The local chat's database lies beside the real one by default and must not share its keys.
        """
        beside_the_real_one = self.bot_token is None and self.database_url is None
        return LOCAL_KEYS if beside_the_real_one else None

    @field_validator("bot_token", mode="before")
    @classmethod
    def _token(cls, value: object) -> object:
        if isinstance(value, str):
            value = value.strip()
            if not _OF_A_BOT.fullmatch(value):
                raise ValueError("not a token")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _ADDRESS.fullmatch(value) or urlsplit(value).port == 0:
            raise ValueError("not an address")
        return value.rstrip("/")

    @field_validator("bot_proxy", mode="before")
    @classmethod
    def _proxies(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = [each for each in re.split(r"[,\s]+", value) if each]
        if not all(_PROXY.fullmatch(each) and (each == "direct" or _proxy(each)) for each in found):
            raise ValueError("not a proxy")
        return tuple(map(SecretStr, found))

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("not a secret")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str | None, others: ValidationInfo) -> str | None:
        if value is None:
            return None
        at_telegram = others.data.get("bot_api_url", TELEGRAM) == TELEGRAM
        if not (_WEBHOOK if at_telegram else _WEBHOOK_OF_OWN_SERVER).fullmatch(value):
            raise ValueError("not an address for Telegram")
        if "webhook_secret" in others.data and others.data["webhook_secret"] is None:
            raise ValueError("no secret")
        return value

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        found = _LISTEN.fullmatch(value)
        if not found or not 0 < int(found[2]) <= HIGHEST_PORT:
            raise ValueError("not an address to listen at")
        return value

    @field_validator("health_host")
    @classmethod
    def _health_host(cls, value: str) -> str:
        ip_address(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"sqlite:///.*[^/]|postgresql://.+", value):
            raise ValueError("not a database")
        return value

    @field_validator("encryption", mode="before")
    @classmethod
    def _switch(cls, value: object) -> object:
        if isinstance(value, str):
            word = value.strip().lower()
            if word not in {"on", "off"}:  # a slip switches nothing off
                raise ValueError("neither on nor off")
            return word == "on"
        return value

    @field_validator("allowed_users", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        text = value.strip()
        ids = json.loads(text) if text.startswith("[") else re.split(r"[,\s]+", text.strip(", "))
        if not all(re.fullmatch(r"[1-9][0-9]{0,15}", str(each)) for each in ids):
            raise ValueError("not user ids")
        return frozenset(int(each) for each in ids)

    @field_validator("reminder_delivery", mode="before")
    @classmethod
    def _delivery(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value


def _proxy(text: str) -> URL:
    """Read a proxy's address. Raises ValueError for a port that there cannot be."""
    address = URL(text).with_path("")
    return address if address.port else address.with_port(SOCKS_PORT)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_settings() -> Settings:
    """Read the settings. Raises ``Leave`` with a line naming each bad variable, never its value."""
    try:
        return Settings(_secrets_dir=SECRETS if SECRETS.is_dir() else None)
    except ValidationError as error:
        names = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors(include_input=False))
        line = "; ".join(f"{name.upper()}: expected {_EXPECTED[name]}" for name in names)
    except (OSError, UnicodeDecodeError):
        line = ".env: expected a readable UTF-8 text"
    raise Leave(CONFIG, line)
