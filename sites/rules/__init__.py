"""sites › rules"""
