"""Units as a tree that changes by date, people and posts, clusters by year, and the roles these give."""
