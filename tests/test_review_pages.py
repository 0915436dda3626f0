"""The review pages as they leave the server: words, escaping, and nothing inline."""

from __future__ import annotations

import json
import re
import string
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from document.entry import Flag
from review.web import pages, vocabulary, wording
from tests.review_fake import Fake, Reviewer
from tests.review_fake_app import fake_app
from tests.review_items import a_queue, an_item

WEB = Path(pages.__file__).parent
PAGES = ("/", "/groups", "/tables/1/0/applications", "/documents", "/progress", "/help")
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}"


class Page(HTMLParser):
    """Tags with their attributes, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def client(fake: Fake | None = None, language: str = "") -> TestClient:
    headers = {"accept-language": language}
    return TestClient(fake_app(fake or Fake(a_queue(3))), headers=headers, follow_redirects=False)


@pytest.mark.parametrize("address", [*PAGES, "/login"])
def test_nothing_on_a_page_is_inline_or_from_elsewhere(address: str) -> None:
    fake = Fake(a_queue(3), person=None if address == "/login" else Reviewer())
    answer = client(fake).get(address)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert not page.inline
    for tag, attributes in page.tags:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action"):
            target = attributes.get(name) or "/"
            assert re.match(r"[/#](?!/)", target), f"{tag} {name}={target}"


@pytest.mark.parametrize("address", PAGES)
def test_the_policy_forbids_all_but_our_own_files(address: str) -> None:
    policy = client().get(address).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    for loose in ("unsafe", "*", "data:", "blob:", "http"):
        assert loose not in policy


@pytest.mark.parametrize("address", PAGES)
def test_names_of_people_and_files_are_text(address: str) -> None:
    item = an_item(name=HOSTILE, agency=HOSTILE, table_title=HOSTILE, row_label=[HOSTILE])
    text = client(Fake({1: item}, person=Reviewer(HOSTILE))).get(address).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "{{7*7}}" in text
    assert not Page(text).inline


def test_a_table_of_any_name_is_only_named() -> None:
    place = Page(client().get("/tables/1/0/%22%3E%3Cscript%3E").text)
    [desk] = [a for a in place.all("div") if "data-place" in a]
    assert json.loads(desk["data-place"] or "")["table"] == '"><script>'


def test_the_first_cell_comes_with_the_page() -> None:
    page = Page(client().get("/").text)
    [desk] = [a for a in page.all("div") if "data-first" in a]
    first = json.loads(desk["data-first"] or "")
    assert (first["items"][0]["id"], first["left"]) == (1, 3)
    cell = {"rel": "preload", "as": "image", "href": "/pictures/items/1/cell?v=p1"}
    assert cell in page.all("link")


def test_the_address_narrows_the_queue_and_the_page_says_so() -> None:
    text = client(language="en").get("/?flag=corrected&document=7").text
    [desk] = [a for a in Page(text).all("div") if "data-asked" in a]
    assert json.loads(desk["data-asked"] or "") == {"flag": "corrected", "document": 7}
    assert "Only: The sums chose another reading · File 7" in text


@pytest.mark.parametrize("asked", ["document=0", "item=x", "flag=none", "table=%3Cscript%3E"])
def test_an_address_that_asks_for_nonsense_is_refused(asked: str) -> None:
    assert client().get(f"/?{asked}").status_code == 422
    assert client().get(f"/groups?{asked}").status_code == 422


def test_strangers_are_sent_to_the_login_page_and_friends_away_from_it() -> None:
    stranger = client(Fake({}, person=None))
    for address in PAGES:
        answer = stranger.get(address)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert client().get("/login").headers["location"] == "/"


def test_a_failed_login_is_told() -> None:
    stranger = client(Fake({}, person=None), "en")
    told = '<p class="notice" role="alert">Name or password is wrong.'
    assert told in stranger.get("/login?failed=true").text
    assert told not in stranger.get("/login").text


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("lang", "spoken"), [("zh", "zh-CN"), ("en", "en")])
def test_every_page_speaks_the_language_of_the_cookie(address: str, lang: str, spoken: str) -> None:
    visitor = client(language="fr")
    visitor.cookies.set("lang", lang)
    text = visitor.get(address).text
    assert f'<html lang="{spoken}"' in text
    assert wording.words("zh" if lang == "zh" else "en")["queue"] in text


def test_the_theme_of_the_cookie_is_painted_by_the_server_and_no_other_word_gets_in() -> None:
    visitor = client()
    visitor.cookies.set("theme", "dark")
    assert 'data-theme="dark"' in visitor.get("/help").text
    visitor.cookies.set("theme", "x onload=y")
    assert "data-theme" not in visitor.get("/help").text


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "en-GB,en;q=0.9,zh;q=0.8", "en"),
        (None, "en;q=0.5, zh;q=0.9", "zh"),
        (None, "fr, en;q=0.5", "en"),
        (None, "fr", "en"),
        (None, "en;q=0, zh;q=0.1", "zh"),
        (None, "", "zh"),
        (None, "*", "zh"),
        ("en", "zh", "en"),
        ("tlh", "zh", "zh"),
    ],
)
def test_whose_language(cookie: str | None, header: str, language: str) -> None:
    assert wording.preferred(cookie, header) == language


@given(st.text(max_size=60) | st.text("enzhq=;,.-0123456789* ", max_size=60))
def test_any_header_gives_one_of_the_two_languages(header: str) -> None:
    assert wording.preferred(None, header) in ("zh", "en")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", vocabulary.WORDS)
def test_both_languages_say_it_with_the_same_blanks(key: str) -> None:
    chinese, english = vocabulary.WORDS[key]
    assert all((chinese, english))
    assert blanks(chinese) == blanks(english)


def test_every_flag_has_words() -> None:
    assert set(vocabulary.FLAGS) == {flag.value for flag in Flag}


def test_every_word_of_the_pages_is_known_and_none_is_idle() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (WEB / "static").glob("*.js"))
    frames = "".join(path.read_text("utf-8") for path in (WEB / "templates").glob("*.html"))
    said = {
        key for call in re.findall(r"say\(([^)]*)", scripts) for key in re.findall(r'"(\w+)"', call)
    }
    shown = set(re.findall(r"\bw\.(\w+)", frames))
    assert said | shown <= set(vocabulary.WORDS)
    quoted = set(re.findall(r"[\"'`](\w+)[\"'`]", scripts + frames))
    families = {
        key
        for key in vocabulary.WORDS
        if key.startswith(("flag_", "error_", "role_", "people_"))
        or key.endswith(("_text", "_picture"))
    }
    assert set(vocabulary.WORDS) - said - shown - quoted - families == set()


def test_scripts_make_no_markup_and_no_code() -> None:
    for path in (WEB / "static").glob("*.js"):
        script = path.read_text("utf-8")
        for danger in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert danger not in script, f"{danger} in {path.name}"
