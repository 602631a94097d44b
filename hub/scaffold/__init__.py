"""`hub connector new`: a connector to start from, which passes the conformance suite as it is."""
