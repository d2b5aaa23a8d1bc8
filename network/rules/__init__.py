"""network › rules"""
