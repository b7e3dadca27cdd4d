"""What is configured, what is not, and what follows from it: ``manage.py doctor``.

Looks and tries, and changes nothing. No finding contains a secret or an address with a password.
"""

from portal.doctor.configuration import examine_configuration
from portal.doctor.content import examine_content
from portal.doctor.finding import Finding, Level
from portal.doctor.services import examine_database, examine_services
from portal.doctor.storage import examine_storage

__all__ = ["Finding", "Level", "examine"]


def examine() -> list[Finding]:
    """All findings, in the order in which an operator would mend things."""
    state = examine_database()
    usable = all(finding.level is not Level.MISSING for finding in state)
    found = examine_configuration() + state + examine_services() + examine_storage()
    return found + (examine_content() if usable else [])
