"""Views of a graph as files."""
