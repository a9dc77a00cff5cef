"""Whether a page of this site sent a request, or one of another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request


def is_ours(request: Request) -> bool:
    """Whether a page of this site sent it; browsers tell, and what is no browser sends on nobody's behalf."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    return site == "same-origin" if site else origin is None or urlsplit(origin).netloc == request.headers.get("host")
