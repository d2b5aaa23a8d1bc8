"""programme › rules"""
