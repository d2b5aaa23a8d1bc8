"""programme › exports"""
