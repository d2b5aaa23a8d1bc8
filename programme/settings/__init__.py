"""programme › settings"""
