"""Finding passages: encoders, lexical vectors, indexes, fusion, the retriever. Knows `corpus` only."""
