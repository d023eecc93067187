"""Requests to the HTTP API."""
from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import urlsplit

import aiohttp

from .errors import WabusError
from .link import TokenSource


def parse_address(server: str) -> Tuple[str, str]:
    """Returns the origin and the path prefix of an address: ``https://host``, ``host:3000`` (over HTTP),
    ``https://host/below/a/path``.
    """
    text = server.strip()
    if "://" not in text:
        text = f"http://{text}"
    parts = urlsplit(text.replace("ws://", "http://", 1).replace("wss://", "https://", 1))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"this is not the address of a server: {server!r}")
    return f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/").removesuffix("/api/events")


class HttpClient:
    """Sends requests with the token of the client. An expired token is replaced once, if possible."""

    def __init__(self, address: Tuple[str, str], token: TokenSource) -> None:
        self._origin, self._prefix = address
        self._token = token
        self._session: Optional[aiohttp.ClientSession] = None

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Optional[Mapping[str, Any]] = None,
        body: object = None,
        headers: Optional[Mapping[str, str]] = None,
        seconds: float = 60.0,
    ) -> Any:
        """Returns the body of the response: JSON, or a text. Raises ``WabusError``: the server's error,
        ``UNREACHABLE`` if there was no connection, and ``TIMEOUT`` if the connection ended, or ``seconds`` passed,
        before the response arrived.
        """
        try:
            return await self._attempt(method, path, await self._token.current(), query, body, headers, seconds)
        except WabusError as error:
            if error.code != "UNAUTHORIZED" or error.details.get("reason") != "expired" or not self._token.can_refresh:
                raise
        return await self._attempt(method, path, await self._token.fresh(), query, body, headers, seconds)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _attempt(
        self,
        method: str,
        path: str,
        token: str,
        query: Optional[Mapping[str, Any]],
        body: object,
        headers: Optional[Mapping[str, str]],
        seconds: float,
    ) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        given: Dict[str, str] = {"authorization": f"Bearer {token}", "accept": "application/json", **(headers or {})}
        data = None
        if body is not None:
            given["content-type"] = "application/json"
            data = json.dumps(body).encode()
        texts = {name: _query_text(value) for name, value in (query or {}).items() if value is not None}
        try:
            async with self._session.request(
                method,
                f"{self._origin}{self._prefix}{path}",
                params=texts,
                data=data,
                headers=given,
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                text = await response.text()
                return _answer(response.status, response.content_type, text)
        except aiohttp.ClientConnectorError as error:
            raise WabusError("UNREACHABLE") from error
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise WabusError("TIMEOUT") from error


def _query_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)


def _answer(status: int, content_type: str, text: str) -> Any:
    try:
        parsed = json.loads(text) if "json" in content_type and text else text
    except ValueError as error:
        raise WabusError("INTERNAL", "The server returned invalid JSON.", details={"status": status}) from error
    if status < 400:
        return parsed
    if isinstance(parsed, dict) and "error" in parsed:
        raise WabusError.from_body(parsed["error"])
    raise WabusError("INTERNAL", f"The server answered with status {status}.", details={"status": status})
