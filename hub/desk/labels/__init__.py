"""Labels: what conversations are about, in the company's own words."""
