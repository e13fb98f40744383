"""A package in its own right: some libraries install one of the same name, which would be found instead."""
