"""Background work: the worker of the job table, and what has to be done from time to time."""
