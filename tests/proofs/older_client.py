"""A client of a past release, by what its API document says: it sends what that lets it send, and looks at
answers as that told it to. Fields that it does not know it passes over.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from jsonschema import Draft202012Validator


class MisunderstoodError(AssertionError):
    """What an older client cannot have sent, or cannot read."""


@dataclass(frozen=True, slots=True)
class OlderClient:
    """Speaks to the hub at `url`, as one device or clerk."""

    document: Mapping[str, Any]
    url: str
    credential: str | None = None

    def with_credential(self, credential: str) -> "OlderClient":
        """The same, as another."""
        return OlderClient(self.document, self.url, credential)

    def get(self, path: str, **at: object) -> Any:
        """Ask."""
        return self._call("get", path, None, at)

    def post(self, path: str, body: Mapping[str, object] | None = None, **at: object) -> Any:
        """Command."""
        return self._call("post", path, dict(body or {}), at)

    def _call(
        self, method: str, path: str, body: Mapping[str, object] | None, at: Mapping[str, object]
    ) -> Any:
        operation = self.document["paths"][path][method]
        headers = {} if self.credential is None else {"Authorization": f"Bearer {self.credential}"}
        if body is not None:
            headers["Idempotency-Key"] = str(uuid.uuid4())
            self._require(operation["requestBody"], body, f"{path} cannot be sent")
        response = httpx.request(
            method, self.url + path.format_map(at), json=body, headers=headers, trust_env=False, timeout=30
        )
        known = operation["responses"].get(str(response.status_code))
        if known is None or not response.is_success:
            raise MisunderstoodError(f"{path} was answered {response.status_code}: {response.text}")
        if response.status_code == 204:
            return None
        self._require(known, response.json(), f"{path} was answered")
        return response.json()

    def _require(self, part: Mapping[str, Any], value: object, said: str) -> None:
        schema = part["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": self.document["components"]})
        for error in validator.iter_errors(value):
            raise MisunderstoodError(f"{said} {error.json_path}: {error.message}")
