"""programme › migrations"""
