### Compose
