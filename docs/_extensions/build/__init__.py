"""What is built again, and what a build leaves behind."""
