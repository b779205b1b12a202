"""What comes in over the network: no upload takes more room here than the largest file that is kept."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from thidua.library.services import DEFAULT_LIMIT


class BoundedUploadHandler(FileUploadHandler):
    """Lets pass just enough of a file to show that it is too large; the rest is read off the line and dropped.

    Closing the line instead would cost the visitor the sentence: a browser still sending shows an error of its own.
    """

    passed = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        del start
        if self.passed > DEFAULT_LIMIT:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the handlers behind this one."""
        del file_size
        return None
