"""Who did what, when: entries written with the act, sealed into a chain of hashes soon after."""
