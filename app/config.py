"""Every setting, read once from the environment; the defaults are safe in production.

The names without a prefix are Flask's or an extension's own. `docs/operations.md` lists them
for the person who runs Waymark.
"""

import os
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def _one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Raises RuntimeError for a value that means nothing, rather than be wrong in silence."""
    value = os.environ.get(name, "").strip().upper() or default
    if value not in allowed:
        raise RuntimeError(f"{name} must be one of {', '.join(allowed)}.")
    return value


def _hour(name: str, default: int) -> int:
    """An hour of the day, 0 to 23. Raises RuntimeError for anything else."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal() or int(value) > 23:
        raise RuntimeError(f"{name} must be an hour from 0 to 23.")
    return int(value)


def metrics_token() -> str:
    """What Prometheus must say to be told the metrics; empty turns them off.

    Raises RuntimeError for one that could be guessed. gunicorn asks before there is an application.
    """
    token = os.environ.get("WAYMARK_METRICS_TOKEN", "")
    if token and len(token) < 20:
        raise RuntimeError("Set WAYMARK_METRICS_TOKEN to at least 20 random characters.")
    return token


def instance() -> Path:
    """The folder of what is not in the database, and of the SQLite database itself."""
    return Path(os.environ.get("WAYMARK_INSTANCE", ROOT / "instance"))


def _database_url(instance: Path) -> str:
    """DATABASE_URL with the driver we ship, or the embedded SQLite file."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'waymark.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _engine_options(url: str) -> dict[str, Any]:
    """How SQLAlchemy holds its connections."""
    # What people typed must not reach the log in the text of an error.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("postgresql"):
        # A restarted server is met with new connections, an unreachable one with an answer.
        options["pool_pre_ping"] = True
        if "connect_timeout" not in url:
            options["connect_args"] = {"connect_timeout": 10}
    return options


def _secret(instance: Path, name: str, *, demo: bool) -> str:
    """A secret from the environment. Only the demo may make one up, kept beside its database.

    Raises RuntimeError when a real installation has none: signing with a guessable or changing key
    would be worse than not starting.
    """
    if value := os.environ.get(name):
        return value
    if not demo:
        raise RuntimeError(f"Set {name} to a long random value (see docs/operations.md).")
    kept = instance / name.lower()
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def logs() -> str:
    """How the log is written: "json", a line for a machine to read, or "text" for a person.

    Raises RuntimeError for anything else. gunicorn asks before there is an application.
    """
    form = os.environ.get("WAYMARK_LOGS") or ("text" if _flag("WAYMARK_DEMO", False) else "json")
    if form not in {"json", "text"}:
        raise RuntimeError("Set WAYMARK_LOGS to json or text.")
    return form


def load() -> dict[str, Any]:
    """The settings as a Flask config mapping."""
    folder = instance()
    demo = _flag("WAYMARK_DEMO", False)
    https = _flag("WAYMARK_HTTPS", True)
    today = os.environ.get("WAYMARK_TODAY")
    url = _database_url(folder)
    hosts = os.environ.get("WAYMARK_HOSTS")
    if hosts is None and not demo:
        raise RuntimeError("Set WAYMARK_HOSTS to the host names people use, comma separated.")
    return {
        "INSTANCE": folder,
        # The demo: invented people, a pinned date, accounts offered on the sign-in page.
        "DEMO": demo,
        "DEMO_PASSWORD": os.environ.get("WAYMARK_DEMO_PASSWORD", "follow-the-yellow-arrow"),
        "TODAY": date.fromisoformat(today) if today else None,
        # Whose bank holidays are no working days.
        "BANK_HOLIDAYS": _one_of("WAYMARK_BANK_HOLIDAYS", "ENG", ("ENG", "NIR", "SCT", "WLS")),
        # From which hour, in London, `flask digest send` writes the day's digests.
        "DIGEST_HOUR": _hour("WAYMARK_DIGEST_HOUR", 7),
        "LOGS": logs(),
        "METRICS_TOKEN": metrics_token(),
        # Where pg_dump, pg_restore and psql are, when not on the path.
        "POSTGRESQL_TOOLS": os.environ.get("WAYMARK_POSTGRESQL_TOOLS", ""),
        # Where the files of notes are: a folder (empty: `files` beside the database) or s3://bucket/folder.
        "FILES": os.environ.get("WAYMARK_FILES", "").strip(),
        # Database.
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(url),
        "SQLITE_SYNCHRONOUS": "FULL",
        "SQLITE_BUSY_TIMEOUT_MS": 10_000,
        # Web.
        "SECRET_KEY": _secret(folder, "SECRET_KEY", demo=demo),
        "SECURITY_PASSWORD_SALT": _secret(folder, "SECURITY_PASSWORD_SALT", demo=demo),
        "HTTPS": https,
        "PREFERRED_URL_SCHEME": "https" if https else "http",
        "TRUSTED_HOSTS": [h.strip() for h in (hosts or "127.0.0.1,localhost").split(",")],
        # How many proxies in front of Waymark set X-Forwarded-*; 0 trusts none.
        "PROXIES": int(os.environ.get("WAYMARK_PROXIES", "0")),
        "BASE_URL": os.environ.get("WAYMARK_BASE_URL", ""),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        # Sessions.
        "SESSION_COOKIE_NAME": "__Host-waymark" if https else "waymark",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "IDLE_LIMIT": timedelta(minutes=30),
        "SESSION_LIMIT": timedelta(hours=12),
        # An administrator can do anything, so ask for a second factor unless told otherwise.
        "REQUIRE_ADMIN_MFA": _flag("WAYMARK_REQUIRE_ADMIN_MFA", not demo),
        # Single sign-on by OpenID Connect: off until the first three are set.
        "OIDC_ISSUER": os.environ.get("WAYMARK_OIDC_ISSUER", "").strip(),
        "OIDC_CLIENT_ID": os.environ.get("WAYMARK_OIDC_CLIENT_ID", "").strip(),
        "OIDC_CLIENT_SECRET": os.environ.get("WAYMARK_OIDC_CLIENT_SECRET", ""),
        "OIDC_LABEL": os.environ.get("WAYMARK_OIDC_LABEL", "") or "Sign in with your work account",
        "OIDC_TRUST_MFA": os.environ.get("WAYMARK_OIDC_TRUST_MFA", "") or "no",
        # Mail: without a server, messages stay readable at /outbox.
        "SMTP_HOST": os.environ.get("SMTP_HOST", ""),
        "SMTP_PORT": int(os.environ.get("SMTP_PORT", "587")),
        "SMTP_USER": os.environ.get("SMTP_USER", ""),
        "SMTP_PASSWORD": os.environ.get("SMTP_PASSWORD", ""),
        "SMTP_STARTTLS": _flag("SMTP_STARTTLS", True),
        # Sent by a thread of their own after the commit, so that nobody waits for the mail server.
        "MAIL_IN_BACKGROUND": _flag("WAYMARK_MAIL_IN_BACKGROUND", True),
        "MAIL_FROM": os.environ.get("MAIL_FROM", "Waymark <no-reply@waymark.example>"),
    }
