"""The register of honours: rows never deleted; corrections, revocations and restorings are further records."""
