"""How all tests run."""

import os

from hypothesis import settings

from tests.browsing import browser, visit

__all__ = ["browser", "visit"]  # fixtures, of the review pages

# A busy machine makes any example slow; how long they take is seen in `--durations`. The same
# examples every time, so that a change is judged by itself; `make test-slow` looks for new ones.
settings.register_profile("gouji", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gouji"))
