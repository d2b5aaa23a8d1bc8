"""programme › queries"""
