"""What changes an import, one file per step: intake, preview, save, undo."""
