"""kafka-python reads its schemas with importlib.resources.read_text, which Python 3.11 and 3.12 (not 3.13) call deprecated."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import kafka  # noqa: F401
