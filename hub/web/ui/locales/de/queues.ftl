### Queues
