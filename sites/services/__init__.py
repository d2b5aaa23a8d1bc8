"""sites › services"""
