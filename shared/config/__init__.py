"""The hall's configuration: its values, and the reading of `hall.toml`."""

from shared.config.problems import ConfigErrors, Problem
from shared.config.reading import load_hall, sample_path
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
    "ConfigErrors",
    "HallConfig",
    "LaneConfig",
    "MatterConfig",
    "NoticeConfig",
    "Problem",
    "WindowConfig",
    "WindowKind",
    "load_hall",
    "sample_path",
]
