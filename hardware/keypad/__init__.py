"""Call keypads and evaluator pads: many of them on one RS-485 bus."""
