"""What the law says of each award, one verdict explained, and what is within reach; no tables of its own."""
