"""What the law and the plans decide: pure Python, no Django, no clock, no disk but its own law files."""
