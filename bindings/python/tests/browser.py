"""Walks like a customer's browser: pages, forms and cookies over real HTTP, without the code under test.

As a program: ``browser.py CHECKOUT_URL LOGIN PASSWORD`` pays what the checkout page asks for.
"""

from __future__ import annotations

import sys
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Dict, List, Optional, Tuple
from urllib.error import HTTPError
from urllib.parse import urljoin

from gateway import encode_form

LIMIT = 4 * 1024 * 1024


@dataclass
class Form:
    """A form of a page, with the values that stand in it."""

    action: str
    method: str = "get"
    charset: str = ""
    fields: List[Tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: List[Form] = []
        self.current: Optional[Form] = None

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, Optional[str]]]) -> None:
        given: Dict[str, str] = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = Form(
                given.get("action", ""), given.get("method", "get").lower(), given.get("accept-charset", "")
            )
            self.forms.append(self.current)
        elif tag == "input" and self.current is not None and given.get("name"):
            if given.get("type") not in ("submit", "button", "checkbox", "radio"):
                self.current.fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.current = None


class Browser:
    """Follows redirects and keeps cookies."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)
        self.url = ""
        self.status = 0
        self.text = ""
        self.charset = "utf-8"

    def open(self, url: str, data: Optional[bytes] = None) -> "Browser":
        """Opens a URL; with data it posts a form."""
        request = urllib.request.Request(url, data=data)
        if data is not None:
            request.add_header("Content-Type", "application/x-www-form-urlencoded")
        try:
            answer = self.opener.open(request, timeout=20)
        except HTTPError as error:
            answer = error
        with answer:
            charset = answer.headers.get_content_charset() or "utf-8"
            self.charset = "cp932" if charset.lower() in ("shift_jis", "windows-31j") else charset
            self.url, self.status = answer.geturl(), answer.status
            self.text = answer.read(LIMIT).decode(self.charset)
        return self

    def form(self, ending: str) -> Form:
        """The form whose action ends like this."""
        parser = _Forms()
        parser.feed(self.text)
        for form in parser.forms:
            if form.action.split("?")[0].endswith(ending):
                return form
        raise AssertionError(f"no form {ending!r} on {self.url} ({self.status}): {self.text[:2000]}")

    def submit(self, ending: str, **values: str) -> "Browser":
        """Fills in a form and sends it, in the charset that a browser would take."""
        form = self.form(ending)
        names = {name for name, _ in form.fields}
        fields = [(name, values.get(name, value)) for name, value in form.fields]
        fields += [(name, value) for name, value in values.items() if name not in names]
        charset = form.charset.lower() or self.charset
        shift_jis = charset in ("shift_jis", "cp932")
        return self.open(urljoin(self.url, form.action), encode_form(fields, shift_jis=shift_jis))


def pay(browser: Browser, login: str, password: str) -> None:
    """From the gateway's first page to the shop's success page."""
    browser.submit("/login", login=login, password=password)
    browser.submit("/pay")
    browser.submit("/success")


def main() -> None:
    """Pays what a checkout page asks for."""
    url, login, password = sys.argv[1:]
    browser = Browser().open(url)
    browser.submit("/f01/FepBuyInfoReceive.do")
    pay(browser, login, password)
    print(f"the shop says: {browser.status} {browser.text.strip()}")
    if browser.status != 200:
        sys.exit(1)


if __name__ == "__main__":
    main()
