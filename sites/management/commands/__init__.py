"""sites › management › commands"""
