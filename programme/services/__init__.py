"""programme › services"""
