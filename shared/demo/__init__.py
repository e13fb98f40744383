"""`hall demo`: a day at the sample hall, with real processes, real protocols and simulated people."""
