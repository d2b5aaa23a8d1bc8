"""network › services"""
