"""How gunicorn serves the portal; it reads this file in the folder it is started from."""

import gc

worker_class = "gthread"
workers = 2
threads = 4
# Without a limit one of the processes may take most of a crowd that comes at once, and the other
# has nothing to do.
worker_connections = 32
# Read once and shared by all processes.
preload_app = True
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True


def when_ready(server: object) -> None:
    """Keep the garbage collector off what the processes share: marking a page copies it."""
    gc.collect()
    gc.freeze()


def worker_exit(server: object, worker: object) -> None:
    """Write down the downloads this process has noted."""
    from publications import tally  # noqa: PLC0415  Django is set up only now

    tally.write_down()
