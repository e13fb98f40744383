"""The video window: its view-model and its pictures, for any program that brings one end of a call."""
