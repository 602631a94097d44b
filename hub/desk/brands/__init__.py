"""In whose name a channel speaks, and what stands under its mails."""
