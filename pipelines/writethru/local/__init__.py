"""What an empty machine needs: the embedded Kafka broker, and the local runner's one repair."""
