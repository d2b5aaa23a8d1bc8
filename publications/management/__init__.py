"""publications › management"""
