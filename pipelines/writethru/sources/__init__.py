"""Where raw payloads come from. Every source yields batches of `RawMessage`."""
