"""What stands, how strongly, and why."""
