"""Tables that leave the desk as files, and lists that come to it."""
