"""sites › forms"""
