"""Running the pipeline on Apache Flink: a session cluster on one machine, its workers, and what a job's life needs from Flink's REST."""
