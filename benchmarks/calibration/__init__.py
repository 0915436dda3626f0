"""How the confidences are calibrated, and how well they hold."""
