"""Reads from a GitHub-compatible REST API: pages, ETags, rate limits, redirects, and errors with a kind."""
from __future__ import annotations

import collections
import email.utils
import http.client
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, NamedTuple

from docket_plugin import PluginError

ANSWER_LIMIT = 64 << 20  # bytes of one answer
REMEMBERED = 16 << 20  # bytes of answers that are kept for their ETags
REDIRECTS = 5


class Answer(NamedTuple):
    value: Any  # None where there is no such thing
    following: str | None  # the address of the next page
    date: float  # the server's time, in seconds of the epoch


class GitHubAPI:
    def __init__(self, root: str, token: str | None, timeout: float):
        self.root, self.token, self.timeout = root.rstrip("/"), token, timeout
        self.opener = urllib.request.build_opener(_Redirection(self))
        self.remembered: collections.OrderedDict[str, tuple[str, bytes, str | None]] = collections.OrderedDict()

    def get(self, url: str) -> Answer:
        """Reads one page. Raises `rate-limited`, `auth`, `transient` and `permanent` errors, which name no content."""
        if not self.is_own(url):
            raise PluginError("permanent", "the address of a page belongs to another server")
        etag, body, link = self.remembered.get(url, ("", b"", None))
        headers = {"Accept": "application/vnd.github+json", "User-Agent": "docket", "X-GitHub-Api-Version": "2022-11-28"}
        if etag:
            headers["If-None-Match"] = etag
        request = urllib.request.Request(url, headers=headers)
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            with self.opener.open(request, timeout=self.timeout) as response:
                date = _seconds(response.headers.get("Date"))
                body, link = _body(response), response.headers.get("Link")
                self._remember(url, response.headers.get("ETag"), body, link)
        except urllib.error.HTTPError as error:
            date = _seconds(error.headers.get("Date"))
            with error:
                if error.code in (404, 410):
                    return Answer(None, None, date)
                if error.code != 304 or not etag:
                    raise _refusal(error, date) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            what = "timed out" if isinstance(reason, TimeoutError) or "timed out" in str(reason) else type(reason).__name__
            raise PluginError("transient", f"the server did not answer: {what}") from None
        try:
            return Answer(json.loads(body), _following(url, link), date)
        except (ValueError, RecursionError):
            raise PluginError("transient", "the server's answer is not JSON") from None

    def is_own(self, url: str) -> bool:
        """Whether the address belongs to the server of the configuration, which alone may see the token."""
        return urllib.parse.urlsplit(url)[:2] == urllib.parse.urlsplit(self.root)[:2]

    def _remember(self, url: str, etag: str | None, body: bytes, link: str | None) -> None:
        self.remembered.pop(url, None)
        if etag and len(body) < REMEMBERED // 8:
            self.remembered[url] = (etag, body, link)
        while sum(len(each[1]) for each in self.remembered.values()) > REMEMBERED:
            self.remembered.popitem(last=False)


class _Redirection(urllib.request.HTTPRedirectHandler):
    """Follows redirects, such as those of renamed repositories; the token goes to the configured server only."""
    max_redirections = REDIRECTS

    def __init__(self, api: GitHubAPI):
        self.api = api

    def redirect_request(self, request, file, code, message, headers, url):  # type: ignore[no-untyped-def]
        if request.type == "https" and not url.lower().startswith("https:"):
            raise PluginError("permanent", "the server redirects to an address without TLS")
        redirected = super().redirect_request(request, file, code, message, headers, url)
        if redirected and self.api.token and self.api.is_own(redirected.full_url):
            redirected.add_unredirected_header("Authorization", f"Bearer {self.api.token}")
        return redirected


def _body(response: http.client.HTTPResponse) -> bytes:
    body = response.read(ANSWER_LIMIT + 1)
    if len(body) > ANSWER_LIMIT:
        raise PluginError("permanent", f"the server's answer exceeds {ANSWER_LIMIT} bytes")
    if response.length:
        raise http.client.IncompleteRead(b"")
    return body


def _refusal(error: urllib.error.HTTPError, now: float) -> PluginError:
    """https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api and what HTTP says of codes."""
    wait = _wait(error.headers, now)
    if error.code == 429 or error.code == 403 and wait is not None:
        return PluginError("rate-limited", "the server asks for fewer requests", retry_after_ms=wait or 60_000)
    if error.code in (401, 403):
        return PluginError("auth", f"the server refuses access ({error.code})", "/token", "check the token and its scopes")
    if 300 <= error.code < 400:
        return PluginError("permanent", f"the server redirects in circles or to nowhere ({error.code})")
    if error.code >= 500 or error.code == 408:
        return PluginError("transient", f"the server failed ({error.code})", retry_after_ms=wait)
    return PluginError("permanent", f"the server refuses the request ({error.code})")


def _wait(headers: Any, now: float) -> int | None:
    """How many milliseconds the server asks to wait; nil where it does not."""
    after = (headers.get("Retry-After") or "").strip()
    if after.isdigit():
        return int(after) * 1000
    if after:
        return max(0, int((_seconds(after) - now) * 1000))
    if headers.get("X-RateLimit-Remaining") == "0" and (headers.get("X-RateLimit-Reset") or "").isdigit():
        return max(1000, int((int(headers["X-RateLimit-Reset"]) - now) * 1000))
    return None


def _seconds(date: str | None) -> float:
    """An HTTP date (RFC 9110, section 5.6.7) in seconds of the epoch; now where there is none."""
    try:
        return email.utils.parsedate_to_datetime(date or "").timestamp()
    except (TypeError, ValueError):
        return time.time()


def _following(url: str, link: str | None) -> str | None:
    """The address with `rel="next"` in a Link header (RFC 8288)."""
    for match in re.finditer(r'<([^<>]*)>([^<]*)', link or ""):
        if re.search(r';\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:[;,]|$)', match[2], re.IGNORECASE):
            return urllib.parse.urljoin(url, match[1])
    return None
