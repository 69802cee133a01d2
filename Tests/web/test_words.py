"""The page's prose: word budgets of each depth, terms explained where they first stand, short sentences."""
import re

import pytest
from conftest import Lab
from playwright.sync_api import Page

BUDGETS = {"minimal": 450, "focused": 1900, "advanced": 4500}
# Words of the field: wherever one stands in a depth's prose, its first occurrence explains it.
TERMS = ["loss", "token", "embedding", "weight", "gradient", "head", "attention", "query", "key", "value", "softmax", "temperature",
         "nat", "layer", "residual stream", "top-k", "top-p", "cosine", "principal components"]

PROSE = """() => {
  const shown = [...document.querySelectorAll('main :is(h1, h2, h3, p, li, dt, dd, figcaption > span)')].filter((element) =>
    element.getClientRects().length > 0 && !element.matches('.unseen, .readout, .problem, .where, .tools, .own')
    && !element.closest('nav, table, figure li, [data-live], .as-table, .controls') && !element.parentElement.closest('p, li, dd'));
  return shown.map((element) => {
    const copy = element.cloneNode(true);
    for (const control of copy.querySelectorAll('button:not(.term), select, input, label, canvas, .unseen')) control.remove();
    const terms = [...copy.querySelectorAll('dfn')].map((term) => term.textContent.toLowerCase());
    return { text: copy.textContent.replace(/\\s+/g, ' ').replace(/(arrow|left and right) keys/, 'arrows').trim(), terms, isHeading: /^H/.test(element.tagName) };
  });
}"""


def prose(page: Page, site: str, depth: str) -> list[dict]:
    page.goto(f"{site}#depth={depth}")
    Lab(page).ready()
    return page.evaluate(PROSE)


@pytest.mark.parametrize("depth", BUDGETS)
def test_a_depth_stays_within_its_words(watched: Page, site: str, depth: str):
    blocks = prose(watched, site, depth)
    count = sum(len(block["text"].split()) for block in blocks)
    print(depth, count, "words")
    assert 100 < count <= BUDGETS[depth]


@pytest.mark.parametrize("depth", BUDGETS)
def test_a_term_is_explained_where_it_first_stands(watched: Page, site: str, depth: str):
    blocks = [block for block in prose(watched, site, depth) if not block["isHeading"]]
    unexplained = []
    for term in TERMS:
        pattern = re.compile(rf"\b{re.escape(term)}(s|es|ies)?\b", re.IGNORECASE)
        first = next((block for block in blocks if pattern.search(block["text"])), None)
        if first is not None and not any(pattern.search(explained) for explained in first["terms"]):
            unexplained.append((term, first["text"]))
    assert not unexplained


@pytest.mark.parametrize("depth", BUDGETS)
def test_sentences_are_short_and_headings_keep_step_for_training(watched: Page, site: str, depth: str):
    blocks = prose(watched, site, depth)
    assert not [block["text"] for block in blocks if block["isHeading"] and re.search(r"\bStep \d", block["text"])]
    sentences = [sentence for block in blocks if not block["isHeading"] for sentence in re.split(r"(?<=[.?:])\s+", block["text"]) if sentence]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= 14
    assert max(lengths) <= 25, max(sentences, key=lambda sentence: len(sentence.split()))
    for word in ["simply", "just", "obviously", "magic", "!"]:
        assert not [sentence for sentence in sentences if re.search(rf"\b{word}\b" if word != "!" else "!", sentence)], word
