"""What can go wrong between a client and the hub."""

from shared.protocol.messages import Problem


class HubError(Exception):
    """The hub did not do what was asked."""


class HubRefused(HubError):
    """A coded "no" of the hub. `zh` and `en` are its sentences for people, `fields` what fills them."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.en}")
        self.code = problem.code
        self.status = problem.status
        self.zh = problem.zh
        self.en = problem.en
        self.fields = dict(problem.fields)


class HubUnreachable(HubError, ConnectionError):
    """No answer, after retries. `is_unknown`: a command may have been carried out all the same."""

    def __init__(self, reason: str, *, is_unknown: bool) -> None:
        super().__init__(reason)
        self.is_unknown = is_unknown


class HubMisunderstood(HubError, ValueError):
    """What answers at the hub's address does not speak as the route table says."""


class HubForeign(HubUnreachable):
    """Somebody answers at the hub's address who is not this hall's hub; nothing was entrusted to them.

    `is_unknown`: an earlier attempt may have reached the hub itself.
    """

    def __init__(self, url: str, why: str = "its authority is another", *, is_unknown: bool = False) -> None:
        super().__init__(f"what answers at {url} is not this hall's hub: {why}", is_unknown=is_unknown)
