"""Plans, launch, cascade, duties, deadlines: a movement from its plan to its close."""
