"""The main job, end to end, as a desktop app would do it: what run.py runs."""
