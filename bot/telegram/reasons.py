"""Why there is no connection, in words an operator can act on, without address or secret."""

from __future__ import annotations

import os
import ssl
from typing import Final

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientHttpProxyError,
    ClientProxyConnectionError,
)
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

_CERTIFICATES: Final = {
    9: "not valid yet: look at the clock",
    10: "expired",
    18: "self-signed",
    19: "of an unknown authority",
    20: "of an unknown authority",
    21: "of an unknown authority",
    62: "made out to another name",
    64: "made out to another address",
}
"""By OpenSSL's number of the fault."""
_UNAUTHORIZED: Final = 407


def reason(error: BaseException) -> str:
    """Tell why a connection could not be opened."""
    return _of_a_proxy(error) or _of_tls(error) or _of_the_network(error) or type(error).__name__


def _of_a_proxy(error: BaseException) -> str | None:
    match error:
        case ClientHttpProxyError(status=status) if status == _UNAUTHORIZED:
            return "the proxy wants another user or password"
        case ClientHttpProxyError(status=status):
            return f"the proxy refuses: HTTP {status}"
        case ProxyError():
            return f"the proxy refuses: {error}"
        case ClientProxyConnectionError() | ProxyConnectionError() | ProxyTimeoutError():
            return "the proxy does not answer"
    return None


def _of_tls(error: BaseException) -> str | None:
    match error:
        case ClientConnectorCertificateError():
            return _of_tls(error.certificate_error)
        case ClientConnectorSSLError():
            return _of_tls(error.os_error)
        case ssl.SSLCertVerificationError(verify_code=code):
            return f"TLS: the certificate is {_CERTIFICATES.get(code, f'refused, OpenSSL {code}')}"
        case ssl.SSLError():
            return f"TLS: {error.reason or 'no agreement'}"
    return None


def _of_the_network(error: BaseException) -> str | None:
    match error:
        case ClientConnectorDNSError():
            return "the name has no address (DNS)"
        case ClientConnectorError():
            return reason(error.os_error)
        case TimeoutError():
            return "no connection in time"
        case OSError(errno=number) if number:
            return os.strerror(number)
    return None
