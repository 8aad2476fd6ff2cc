"""What a browser is told that a file is: the same on every computer."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

_UTF8: Final = "; charset=utf-8"
_TYPES: Final = {
    ".bmp": "image/bmp",
    ".css": f"text/css{_UTF8}",
    ".csv": f"text/csv{_UTF8}",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".gif": "image/gif",
    ".html": f"text/html{_UTF8}",
    ".ico": "image/x-icon",
    ".ics": f"text/calendar{_UTF8}",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_UTF8}",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mjs": f"text/javascript{_UTF8}",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ogg": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rtf": "application/rtf",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": f"text/plain{_UTF8}",
    ".vcf": f"text/vcard{_UTF8}",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": f"text/xml{_UTF8}",
    ".zip": "application/zip",
}
_UNKNOWN: Final = "application/octet-stream"


def content_type(path: str) -> str:
    """The type of the file at `path`, by its ending; what is not known is only ever saved."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), _UNKNOWN)
