"""The scripts: their runs, their pages, and what a reader downloads."""
