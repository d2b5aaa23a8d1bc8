"""publications › queries"""
