"""The operators over a whole population, as columns; polars is needed here and nowhere else in the core."""
