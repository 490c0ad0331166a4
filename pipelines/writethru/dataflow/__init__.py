"""The Flex template: `launch` builds and submits the job, `template` is what the template says of its parameters."""
