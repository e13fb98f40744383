"""Printers of slips: document, encoder, status, driver and simulator."""
