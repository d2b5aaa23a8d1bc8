"""publications › forms"""
