"""What people and staff fill in: forms validate, they neither save nor send."""
