"""sites › exports"""
