"""publications › rules"""
