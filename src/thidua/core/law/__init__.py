"""The law as dated data: figures, titles and forms, the timeline of packs, authorities' own rules."""
