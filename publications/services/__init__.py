"""publications › services"""
