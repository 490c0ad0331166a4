"""What the Flex template's launcher starts (FLEX_TEMPLATE_PYTHON_PY_FILE)."""

from writethru.dataflow.launch import main

if __name__ == "__main__":
    main()
