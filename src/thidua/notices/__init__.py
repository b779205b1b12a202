"""What people are told: in the application, by mail, in calendars; told by services, looks nothing up."""
