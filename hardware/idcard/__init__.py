"""Readers of identity cards: frames, card texts, driver and simulator."""
