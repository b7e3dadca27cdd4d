"""Personal data in a text: found, with what may stand in its place (rule R2).

Pure and linear in the text's length; no Django. ``keys`` alone knows the settings.
"""

from people.finding.find import Find, Kind
from people.finding.search import find_personal_data

__all__ = ["Find", "Kind", "find_personal_data"]
