"""sites › management"""
