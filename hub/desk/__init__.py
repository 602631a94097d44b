"""The agents' side: accounts, sessions, what each may do, assignment, notes."""
