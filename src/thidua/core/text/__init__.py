"""Vietnamese text: normal form, folding, order, tones, legacy encodings, dates, numbers, citations."""
