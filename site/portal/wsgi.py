"""The WSGI entry point: gunicorn portal.wsgi (settings from DJANGO_SETTINGS_MODULE)."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

# gunicorn's exit status for a worker that can't boot: it ends instead of trying for ever.
_BOOT_ERROR = 3

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.stderr.write(f"配置有误：{error}\n")
    sys.exit(_BOOT_ERROR)
