"""Views: filters over conversations, built in or saved, and the pages that they show."""
