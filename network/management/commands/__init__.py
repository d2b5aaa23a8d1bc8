"""network › management › commands"""
