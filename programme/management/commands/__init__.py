"""programme › management › commands"""
