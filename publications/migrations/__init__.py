"""publications › migrations"""
