"""The post office: every mail is a row in the transaction of its event, a worker delivers it.

At least once, with a fixed Message-ID (targets M1-M5). Without EMAIL_URL mails stay here and can
be read under /intern/postausgang/.
"""

from programme.outbox.delivery import deliver_pending, wake_delivery
from programme.outbox.letters import (
    OutboxBackend,
    Written,
    absolute_url,
    compose,
    post,
    queue,
    subject,
)

__all__ = [
    "OutboxBackend",
    "Written",
    "absolute_url",
    "compose",
    "deliver_pending",
    "post",
    "queue",
    "subject",
    "wake_delivery",
]
