"""A unit with its editor, who is signed in, and a closed draft of it."""

import pytest
from django.test import Client

from consultation.enums import Phase
from consultation.models import DecisionDraftPage
from publishing.enums import Role
from publishing.models import Unit, User
from tests.consultation.desk import make_office, make_officer, signed_in
from tests.factories.consultation import make_draft


@pytest.fixture
def unit() -> Unit:
    return make_office("党政办")


@pytest.fixture
def draft(unit: Unit) -> DecisionDraftPage:
    return make_draft(Phase.CLOSED, unit=unit)


@pytest.fixture
def editor(unit: Unit) -> User:
    return make_officer(unit, Role.EDITOR)


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)
