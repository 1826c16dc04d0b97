"""One file an engine; a case is one line of it, as a user of that library writes it."""
