"""The meaning of the notation in torch: points, derivatives, and the execution of a derivation."""
