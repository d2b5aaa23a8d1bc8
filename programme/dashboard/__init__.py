"""programme › dashboard"""
