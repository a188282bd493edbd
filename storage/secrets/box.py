"""Authenticated encryption of one value with one key."""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class Unreadable(Exception):  # noqa: N818 - the word of the domain
    """The sealed value was altered, moved, or sealed with another key."""


class Box:
    """AES-256-GCM: a random nonce of 96 bits, ciphertext and tag."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 32 bytes; ValueError otherwise."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._key = key
        self._aead = AESGCM(key)

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """Encrypt; the result opens only with the same ``bound_to``."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, data, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Decrypt; raises ``Unreadable``."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as error:  # ValueError: cut short
            raise Unreadable("altered, moved, or sealed with another key") from error

    def keyed_hash(self, data: bytes, bound_to: bytes) -> str:
        """Return the HMAC-SHA256 of ``data`` in hex; another ``bound_to`` or key gives another.

        Its key is derived, so that what encrypts never hashes.
        """
        derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=bound_to).derive(self._key)
        return hmac.digest(derived, data, "sha256").hex()
