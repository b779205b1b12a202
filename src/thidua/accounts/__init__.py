"""Logins: accounts, invitations, and the few roles that belong to the installation itself."""
