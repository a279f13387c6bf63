"""Drives a real Chromium for the stories of tests/it/browser.rs, and paints pages and letters (shots.py)."""
