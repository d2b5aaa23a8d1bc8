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
CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 2; {user}
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on;
    client_body_temp_path {folder}/nginx1; proxy_temp_path {folder}/nginx2;
    fastcgi_temp_path {folder}/nginx3; uwsgi_temp_path {folder}/nginx4;
    scgi_temp_path {folder}/nginx5;
    server {{
        listen 127.0.0.1:{port};
        location /alone/ {{ alias {media}/; }}
        location /stored/ {{ internal; alias {media}/; }}
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_set_header Host 127.0.0.1;
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
"""


def is_here() -> bool:
    return shutil.which("nginx") is not None


@contextlib.contextmanager
def nginx(folder: Path, media: Path, behind: int) -> Iterator[int]:
    """Start nginx before the portal that listens on `behind` and yield its own port."""
    port = stage.free_port()
    user = "user root;" if os.getuid() == 0 else ""
    told = CONFIGURATION.format(folder=folder, media=media, behind=behind, port=port, user=user)
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
