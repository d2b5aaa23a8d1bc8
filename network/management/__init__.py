"""network › management"""
