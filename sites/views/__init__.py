"""sites › views"""
