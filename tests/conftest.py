"""How all tests run."""

from hypothesis import settings

# A busy machine makes any example slow; how long they take is seen in `--durations`.
settings.register_profile("gouji", deadline=None)
settings.load_profile("gouji")
