"""Commands for competent bodies and those who follow them."""
