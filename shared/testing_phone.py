"""For tests: a citizen's browser at the booking pages, as far as requests go."""

import html
import re
from itertools import count

import httpx

from shared.client.api import HubClient
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.testing import id_number
from shared.testing_gateway import GatewayDouble, until

MATTER = "yyzz-bg"
_SERIALS = count(1)


class Phone:
    """Each has a network address, an ID number and a telephone of its own."""

    def __init__(self, url: str, kiosk: HubClient, gateway: GatewayDouble) -> None:
        serial = next(_SERIALS)
        self.number, self.tel = id_number(serial=serial), f"1380000{serial:04d}"
        own = httpx.HTTPTransport(local_address=f"127.0.1.{serial}")
        self.web = httpx.Client(base_url=url, transport=own, timeout=30)
        self._kiosk, self._gateway = kiosk, gateway

    def form(self, path: str) -> dict[str, str]:
        """What the form of a page carries."""
        return dict(re.findall(r'name="(csrf|once)" value="([^"]+)"', self.web.get(path).text))

    def told(self, path: str, **more: str) -> dict[str, str]:
        """The form of who one is, filled in."""
        return self.form(path) | {"number": self.number, "name": "王小明", "phone": self.tel} | more

    def code(self, path: str) -> str:
        """Ask for a code, and read the text message."""
        before = len(self._gateway.to(self.tel))
        answer = self.web.post(path, data=self.told(path, act="send"))
        if answer.status_code != 200:
            raise AssertionError(text_of(answer))
        until(lambda: len(self._gateway.to(self.tel)) > before)
        return str(self._gateway.to(self.tel)[-1].body["fields"]["code"])

    def reserve(self, slot: int) -> str:
        """The page of a place that is held. It was taken at a kiosk, which waits for no message."""
        card = m.Identity(number=self.number, name="王小明")
        wanted = b.Reserve(slot=slot, matter=MATTER, identity=card, phone=self.tel)
        return f"/b/{self._kiosk.ask(b.Booking, 'reserve', wanted).token}"

    def book(self, slot: int) -> str:
        """The page of a place that is promised."""
        page = self.reserve(slot)
        return path_of(self.web.post(f"{page}/confirm", data=self.form(page)))


def path_of(answer: httpx.Response) -> str:
    """Where a form that was taken leads."""
    if answer.status_code != 303:
        raise AssertionError(text_of(answer))
    return str(answer.headers["location"]).partition("?")[0]


def text_of(answer: httpx.Response) -> str:
    """The words of a page."""
    body = re.sub(r"<(style|svg).*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
