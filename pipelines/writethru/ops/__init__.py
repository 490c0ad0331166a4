"""What the on-call person sees: the metrics registry, the HTTP exporter, the live page."""
