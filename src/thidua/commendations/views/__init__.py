"""Pages of rules, verdicts and what is within reach."""
