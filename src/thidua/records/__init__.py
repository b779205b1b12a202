"""What every table shares: ids, versions, valid days, and the installation's own day."""
