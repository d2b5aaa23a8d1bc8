"""programme › management"""
