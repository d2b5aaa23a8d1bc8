"""programme › views"""
