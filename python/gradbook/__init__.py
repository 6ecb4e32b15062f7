"""Gradbook: a TypeScript kernel for Jupyter in which gradients explain themselves."""
