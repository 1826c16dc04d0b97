"""A small engine of reverse mode and the picture of its sweep: standard library alone, as a browser loads it."""
