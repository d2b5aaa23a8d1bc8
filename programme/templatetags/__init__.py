"""programme › templatetags"""
