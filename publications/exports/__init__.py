"""publications › exports"""
