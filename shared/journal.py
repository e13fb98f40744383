"""How every process of the hall logs: one record, one line, whatever somebody typed into it."""

import logging

from shared.domain.plain import escaped

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """A message is escaped, so that no name or code forges a line; a traceback is set in under its record."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line."""
        return escaped(super().formatMessage(record))

    def formatException(self, info: object) -> str:
        """The traceback, each line set in."""
        return _set_in(super().formatException(info))  # type: ignore[arg-type]

    def formatStack(self, stack: str) -> str:
        """The stack, each line set in."""
        return _set_in(super().formatStack(stack))


def configure(level: int = logging.INFO, form: str = FORMAT) -> None:
    """Log to standard error, unless logging was set up already."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(form))
    logging.basicConfig(level=level, handlers=[handler])


def _set_in(text: str) -> str:
    return "\n".join(f"    {escaped(line)}" for line in text.split("\n"))
