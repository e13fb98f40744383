"""Pages that the hub serves, and the one catalogue of words for pages."""
