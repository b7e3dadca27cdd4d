"""The one command line of the platform; ``manage.py`` and the installed ``portal`` end here."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError


def main() -> None:
    """Run a management command; a missing setting or database ends in one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"配置有误：{error}")
    except OperationalError as error:
        first_line = str(error).strip().splitlines()[0]
        sys.exit(f"连接不上数据库：{first_line}。请检查 DATABASE_URL，并确认数据库已启动。")
