"""A reader's own gradient, held against autograd and differences, with what is wrong with it."""
