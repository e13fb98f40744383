"""What the three apps share of Qt: bridge, list models, start-up, robot. Nothing else in shared knows Qt."""
