### People
