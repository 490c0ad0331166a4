import sys
from pathlib import Path

# The tests are imported by path (importlib mode): their own helpers have to be findable.
sys.path.insert(0, str(Path(__file__).parent))
