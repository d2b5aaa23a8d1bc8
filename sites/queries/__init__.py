"""sites › queries"""
