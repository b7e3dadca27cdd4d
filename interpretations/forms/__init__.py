"""What people fill in: forms validate, they neither save nor send."""
