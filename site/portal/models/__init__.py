from portal.models.home import HomePage, InformationPage

__all__ = ["HomePage", "InformationPage"]
