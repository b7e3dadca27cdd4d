"""Review before publication: what is read of a page, what was found in it, who approved it.

Nothing is imported here: ``finishing`` is named in the settings and loaded before any model.
"""
