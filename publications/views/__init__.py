"""publications › views"""
