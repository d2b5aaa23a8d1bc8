"""network › migrations"""
