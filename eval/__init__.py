"""Measures of the product, taken through the product's own retriever and answerer."""
