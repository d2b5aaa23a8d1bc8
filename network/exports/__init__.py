"""network › exports"""
