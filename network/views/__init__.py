"""network › views"""
