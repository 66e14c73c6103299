"""The two front ends: commands and the full-screen inbox."""
