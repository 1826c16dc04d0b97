"""What engines of automatic differentiation answer at the same points: a table, and a page a case."""
