"""sites › migrations"""
