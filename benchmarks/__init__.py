"""Figures of speed and quality: ``python -m benchmarks [NAME …]`` prints the table of docs/benchmarks.md."""
