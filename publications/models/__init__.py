"""The third floor in rows: publications, editions, orders."""

from publications.models.deposit import DepositTask
from publications.models.edition import DownloadCount, Edition, EditionFile
from publications.models.erratum import Erratum
from publications.models.imprint import Imprint
from publications.models.manuscript import Block, Chapter, Publication
from publications.models.order import Order, OrderItem, OrderLetter
from publications.models.order_rule import OrderRule
from publications.models.packing import PackedOrder, PackingBatch
from publications.models.picture import Picture
from publications.models.review import BlockComment, BlockDraft, SignOff
from publications.models.stock import StockMovement
from publications.models.summary import Summary

__all__ = [
    "Block",
    "BlockComment",
    "BlockDraft",
    "Chapter",
    "DepositTask",
    "DownloadCount",
    "Edition",
    "EditionFile",
    "Erratum",
    "Imprint",
    "Order",
    "OrderItem",
    "OrderLetter",
    "OrderRule",
    "PackedOrder",
    "PackingBatch",
    "Picture",
    "Publication",
    "SignOff",
    "StockMovement",
    "Summary",
]
