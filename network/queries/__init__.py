"""network › queries"""
