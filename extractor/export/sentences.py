"""The sentences of the notices for databases, and the words by which a full-text index finds them.

Sentences are cut from the normalised text, so that a line's end within one cuts nothing; each has its words as they stand in
the source (``text``) and normalised (``normal``: simplified, half width, without damage), and its place in the source.

SQLite's tokenizers don't know Chinese: ``unicode61`` takes all that stands between two punctuation marks for one word, and
``trigram`` finds nothing of two characters (医保). So what is indexed are the pieces of a sentence, of one to `LONGEST` parts:
a Chinese character, a number, a Latin word or a sign is a part. A query of so many parts is found as it is typed, numbers
whole (10 doesn't find 610), and a longer one by ``LIKE``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.build.corpus import source_text
from extractor.model import SourceText
from extractor.notice.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.export.targets import Options
    from extractor.model import Dataset

# 赣医保发〔2022〕14号 has nine parts. For 41,000 sentences the index takes 41 MB and 9 s; with 16 parts it is 55 MB and 11 s.
LONGEST = 10
# unicode61 with signs as parts of words: 70% and 〔2022〕19号 are looked for as they stand.
TOKENIZER = "unicode61 categories 'L* M* N* P* S* Co'"
# What is longer is no sentence, and its words would fill the memory.
_SENTENCE = re.compile(r"[^\n。！？；]{0,2000}+[。！？；]?")
# No word that is looked for goes over these.
_CLAUSE = re.compile(r"[^\s，。；：！？、,;]+")
_PART = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|[^\s]")


class SentenceRow(NamedTuple):
    """A sentence with its place in the source, in code points."""

    sentence_id: int
    notice_id: str
    start: int
    end: int
    text: str
    normal: str


def sentence_rows(dataset: Dataset, options: Options) -> Iterator[SentenceRow]:
    """Cut the notices' texts at full stops, semicolons and line ends; offsets are those of the evidence.

    A notice whose text is not to be found has no sentences; its facts quote the words around them all the same.
    """
    number = 0
    for notice in dataset.notices:
        source = notice.source
        text = source_text(source, options.outputs, options.corpus, options.resources)
        if text is None:
            continue
        kept = SourceText(source.sha256, source.path, source.media_type, source.encoding, source.reader, text)
        aligned = normalise(kept, options.resources)
        for match in _SENTENCE.finditer(aligned.text):
            if normal := match.group().strip():
                start, end = aligned.to_source(match.span())
                number += 1
                yield SentenceRow(number, notice.notice_id, start, end, text[start:end].strip(), normal)


def searched_words(row: SentenceRow) -> str:
    """List the words that a sentence is found by, as it is written and normalised, with blanks between them.

    >>> searched_words(SentenceRow(1, "", 0, 0, "醫保10元", "医保10元"))
    '10 10元 保 保10 保10元 元 医 医保 医保10 医保10元 醫 醫保 醫保10 醫保10元'
    """
    return " ".join(sorted({word for text in {row.text, row.normal} for word in _words(text)}))


def _words(text: str) -> Iterator[str]:
    for clause in _CLAUSE.findall(text):
        parts = _PART.findall(clause)
        for first in range(len(parts)):
            word = ""
            for part in parts[first : first + LONGEST]:
                word += part
                yield word
