"""Which language a reader wants, and the pages' words in it."""

from __future__ import annotations

from document.reason import Language
from review.web.vocabulary import WORDS

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def words(language: Language) -> dict[str, str]:
    """Every word of the pages in one language."""
    return {key: pair[0 if language == "zh" else 1] for key, pair in WORDS.items()}


def preferred(cookie: str | None, accept_language: str) -> Language:
    """What the reader chose, else the first of the browser's languages that there is, else zh."""
    for known in LANGUAGES:
        if cookie == known:
            return known
    for tag in _by_preference(accept_language):
        for known in LANGUAGES:
            if tag.split("-")[0].lower() == known:
                return known
    return "en" if accept_language.strip(" *") else "zh"


def _by_preference(header: str) -> list[str]:
    """The tags of an Accept-Language header, best first: `en;q=0.8, zh-CN` → zh-CN, en."""
    weighted = []
    for part in header.split(","):
        tag, _, rest = part.strip().partition(";")
        quality = rest.strip().removeprefix("q=") or "1"
        try:
            weighted.append((-float(quality), tag))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighted, key=lambda pair: pair[0]) if weight < 0]
