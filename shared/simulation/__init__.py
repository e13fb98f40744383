"""A hall in fast motion: the production ordering and estimate with drawn, recorded or foreseen visitors."""
