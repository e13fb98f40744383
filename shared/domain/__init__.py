"""The rules of the hall: pure functions and values. No clock, no input or output, no Qt."""
