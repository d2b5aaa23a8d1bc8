"""network › forms"""
