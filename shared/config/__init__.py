"""The hall's configuration: its values, and the reading of `hall.toml`."""

from shared.config.values import (
    Audience,
    ClerkConfig,
    ClerkRole,
    HallConfig,
    LaneConfig,
    MatterConfig,
    NoticeConfig,
    WindowConfig,
    WindowKind,
)

__all__ = [
    "Audience",
    "ClerkConfig",
    "ClerkRole",
    "HallConfig",
    "LaneConfig",
    "MatterConfig",
    "NoticeConfig",
    "WindowConfig",
    "WindowKind",
]
