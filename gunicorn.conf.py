"""How gunicorn serves Waymark: `gunicorn wsgi:app` reads this by itself.

Each can be overridden on gunicorn's command line or in GUNICORN_CMD_ARGS.
"""

import os
from pathlib import Path

from app import serving

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# One process for each core; the threads are for requests that wait for the database or a slow phone.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# Loaded once and shared by the workers: see `serving.ready`.
preload_app = True
on_starting = serving.starting
when_ready = serving.ready
post_fork = serving.forked
child_exit = serving.worker_ended
on_exit = serving.stopped
serving.prepare_metrics(os.environ.get("PORT", "8000"))

# SIGTERM: no new requests; those in flight get this many seconds to finish.
graceful_timeout = 30
timeout = 60
keepalive = 5

# Heartbeat files on a real disk can stall a worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (a heartbeat, no data)

# WAYMARK_PROXIES alone says whose X-Forwarded-* headers are believed.
forwarded_allow_ips = ""

# The application writes a line for each request. gunicorn's would hold people's addresses and what they
# looked for; the proxy in front decides on that.
accesslog = None
logger_class = serving.ServerLog
loglevel = "warning"
control_socket_disable = True
