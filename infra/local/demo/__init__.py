"""The main job shown end to end on one machine: a simulated channel goes live, is noticed, recorded and checked."""
