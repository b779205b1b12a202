"""Facts and law on a day give a verdict with findings: one case explained, a population screened."""
