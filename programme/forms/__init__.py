"""programme › forms"""
