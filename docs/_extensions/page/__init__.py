"""What every page has: navigation, links in code, citations, colours."""
