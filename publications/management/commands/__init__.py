"""publications › management › commands"""
