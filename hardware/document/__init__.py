"""The document camera: from a picture of a page on a desk to a clean page."""
