"""Thin Beam shells, one per step of `pipeline.py`: the only code that knows DoFn, state and tags."""
