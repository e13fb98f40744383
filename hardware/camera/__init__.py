"""Cameras: pictures from a device, a file, a pipe or the network, and whether they can be trusted."""
