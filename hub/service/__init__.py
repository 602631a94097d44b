"""When the business is open: weekly hours, exceptions, public holidays."""
