"""`hall bench`: what the hall reaches, each figure beside the machine's own limit in the same run."""
