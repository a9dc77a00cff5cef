"""The Front's register of supervision and social critique: programmes, what was recommended, whether it was answered and followed up."""
