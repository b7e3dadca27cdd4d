"""gunicorn -c deploy/gunicorn.conf.py portal.wsgi. Numbers for two cores; see docs/operating.md."""

import os

bind = os.environ.get("BIND", "unix:/run/portal/web.sock")
# The socket is for nginx's group alone.
umask = 0o007
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "3"))
# Each thread may hold a connection: DATABASE_POOL (8) serves the threads of one worker.
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True
timeout = 60
graceful_timeout = 30
keepalive = 30
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a heartbeat must not wait for a disk
control_socket_disable = True
# nginx keeps the access log; a second one here would keep addresses a second time.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
