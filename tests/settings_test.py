"""Settings for the tests: nothing of the operator's environment, quick password hashing, jobs at once."""

import os
import tempfile

for name in [
    name
    for name in os.environ
    if name.startswith("THIDUA_") and name not in {"THIDUA_PLANS", "THIDUA_TEST_DATABASE"}
]:
    del os.environ[name]
os.environ["THIDUA_MODE"] = "test"
os.environ["THIDUA_DATA"] = tempfile.mkdtemp(prefix="thidua-test-")
os.environ["THIDUA_SECRET_KEY"] = "only-for-tests"
os.environ.setdefault("DATABASE_URL", "")

from thidua.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
