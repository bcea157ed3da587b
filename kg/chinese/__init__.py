"""Chinese as names, numbers and dates are written: what needs no article to know."""
