"""publications › templatetags"""
