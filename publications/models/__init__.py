"""The third floor in rows: publications, editions, orders."""

from publications.models.edition import DownloadCount, Edition, EditionFile
from publications.models.manuscript import Block, Chapter, Publication
from publications.models.order import Order, OrderItem, OrderLetter

__all__ = [
    "Block",
    "Chapter",
    "DownloadCount",
    "Edition",
    "EditionFile",
    "Order",
    "OrderItem",
    "OrderLetter",
    "Publication",
]
