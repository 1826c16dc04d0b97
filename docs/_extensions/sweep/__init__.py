"""The reverse sweep of a formula, step by step."""
