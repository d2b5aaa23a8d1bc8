"""nginx in front of the portal: files sent by it alone, and by it on the portal's word."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import stage

MISSING = "nginx fehlt (apt-get install nginx-light)"
SHIPPED = stage.ROOT / "docs/nginx.conf"
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 2; {user}
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on;
    client_body_temp_path {folder}/nginx1; proxy_temp_path {folder}/nginx2;
    fastcgi_temp_path {folder}/nginx3; uwsgi_temp_path {folder}/nginx4;
    scgi_temp_path {folder}/nginx5;
    {shipped}
}}
"""


def shipped(folder: Path, media: Path, behind: int, port: int) -> str:
    """Return the configuration we ship with this machine's folders, and the files beside it."""
    alone = f"location /alone/ {{ alias {media}/; }}"
    here = {
        "/var/cache/nginx/portal": f"{folder}/nginx6",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 443 ssl;": f"listen 127.0.0.1:{port}; {alone}",
        "server_name portal.example.org;": "",
        "Host $host": "Host 127.0.0.1",
        "/srv/portal/staticfiles/": f"{stage.ROOT}/staticfiles/",
        "/srv/portal/media/": f"{media}/",
    }
    text = SHIPPED.read_text()
    for there, ours in here.items():
        if there not in text:
            raise RuntimeError(f"{SHIPPED} no longer says {there}")
        text = text.replace(there, ours)
    return text


def is_here() -> bool:
    return shutil.which("nginx") is not None


@contextlib.contextmanager
def nginx(folder: Path, media: Path, behind: int) -> Iterator[int]:
    """Start nginx before the portal that listens on `behind` and yield its own port."""
    port = stage.free_port()
    user = "user root;" if os.getuid() == 0 else ""
    told = AROUND.format(folder=folder, user=user, shipped=shipped(folder, media, behind, port))
    (folder / "nginx.conf").write_text(told)
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        for _ in range(100):
            try:
                stage.fetch(port, "/alone/")
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)
