"""Universal Dependencies treebanks: read, damaged on purpose, and as spaCy documents.

Captions come without punctuation and case, forum posts with half of both. The trees of a treebank stay
right when a comma or a capital goes, so each damage here is a pure function from one tree to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from spacy.tokens import Doc
from spacy.vocab import Vocab

from argmap.errors import TrainingError

Case = Literal["kept", "lower", "upper"]
Loss = Literal["none", "final", "commas", "all"]
_TYPOGRAPHIC = {"'": "\u2019", "--": "\u2014", "...": "\u2026"}


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` is an index in its sentence, its own for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    relation: str
    space_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one tree, and whether a paragraph begins with it."""

    words: tuple[Word, ...]
    opens_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a text: to its case, its punctuation, its apostrophes, and its lines.

    ``loss`` names the marks that go: those that end a sentence, commas too, or all but hyphens inside words.
    ``line_words`` breaks the text into lines of so many words, as captions are; 0 leaves it.
    """

    case: Case = "kept"
    loss: Loss = "none"
    apostrophes: bool = True
    line_words: int = 0


# --------------------------------------------------------------------------------------------- reading


def read_treebank(path: Path) -> list[list[Sentence]]:
    """The documents of a CoNLL-U file, each a list of sentences.

    Raises:
        TrainingError: The file is missing or holds no sentence.
    """
    if not path.is_file():
        raise TrainingError(f"no treebank at {path}: expected the CoNLL-U file of that name")
    documents: list[list[Sentence]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if not block.strip():
            continue
        if not documents or block.startswith("# newdoc") or "\n# newdoc" in block:
            documents.append([])
        documents[-1].append(_sentence(block.splitlines()))
    if not documents:
        raise TrainingError(f"no sentence in {path}")
    return documents


def _sentence(lines: Sequence[str]) -> Sentence:
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    spaces = _spaces(rows)
    words = tuple(_word(row, spaces[int(row[0])]) for row in rows if row[0].isdigit())
    return Sentence(words, any(line.startswith(("# newpar", "# newdoc")) for line in lines))


def _word(row: list[str], space_after: bool) -> Word:
    feats = "" if row[5] == "_" else row[5]
    index, head = int(row[0]) - 1, int(row[6]) - 1
    relation = "ROOT" if row[7] == "root" else row[7]
    return Word(row[1], row[2], row[3], row[4], feats, index if head < 0 else head, relation, space_after)


def _spaces(rows: Iterable[list[str]]) -> dict[int, bool]:
    """Whether a space follows each word; inside a multi-word token ("don't") none does."""
    spaces: dict[int, bool] = {}
    last, last_space = 0, True
    for row in rows:
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            last, last_space = int(row[0].split("-")[1]), space
        elif row[0].isdigit():
            number = int(row[0])
            spaces[number] = space if number > last else last_space and number == last
    return spaces


# ---------------------------------------------------------------------------------------------- damage


def damaged(sentences: Iterable[Sentence], damage: Damage) -> list[Sentence]:
    """The sentences with the damage done; those of which nothing remains are left out."""
    kept = (_with_case(_without(sentence, damage.loss), damage.case) for sentence in sentences)
    whole = [sentence for sentence in kept if sentence.words]
    if not damage.apostrophes:
        whole = [_mapped(sentence, _without_apostrophe) for sentence in whole]
    return _in_lines(whole, damage.line_words) if damage.line_words else whole


def typographic(sentence: Sentence) -> Sentence:
    """The sentence with curly quotes, dashes and ellipses as a word processor sets them."""
    return _mapped(sentence, _typographic)


def in_paragraphs(sentences: Sequence[Sentence], separator: str = "\n\n") -> list[Sentence]:
    """The sentences with a separator between paragraphs, as a whitespace word of spaCy's."""
    ends = [later.opens_paragraph for later in sentences[1:]] + [False]
    return [
        _with_blanks(sentence, {len(sentence.words) - 1}, separator) if ends_paragraph else sentence
        for sentence, ends_paragraph in zip(sentences, ends, strict=True)
    ]


def _mapped(sentence: Sentence, change: Callable[[Word], Word]) -> Sentence:
    return replace(sentence, words=tuple(change(word) for word in sentence.words))


def _without_apostrophe(word: Word) -> Word:
    form = word.form.replace("'", "").replace("\u2019", "")
    return replace(word, form=form) if form else word


def _typographic(word: Word) -> Word:
    if word.xpos in ("``", "''") and word.form == '"':
        return replace(word, form="\u201c" if word.xpos == "``" else "\u201d")
    form = word.form
    for plain, curly in _TYPOGRAPHIC.items():
        form = form.replace(plain, curly)
    return replace(word, form=form)


def _with_case(sentence: Sentence, case: Case) -> Sentence:
    if case == "lower":
        return _mapped(sentence, lambda word: replace(word, form=word.form.lower(), lemma=word.lemma.lower()))
    if case == "upper":  # no lemma: an edit tree would be needed for every single word
        return _mapped(sentence, lambda word: replace(word, form=word.form.upper(), lemma=""))
    return sentence


def _without(sentence: Sentence, loss: Loss) -> Sentence:
    """The sentence without the punctuation marks that are lost; a mark that heads other words stays."""
    gone = _lost(sentence, loss)
    words: list[tuple[int, Word]] = []
    for index, word in enumerate(sentence.words):
        if index not in gone:
            words.append((index, word))
        elif words:
            words[-1] = (words[-1][0], replace(words[-1][1], space_after=True))
    return _renumbered(sentence, words)


def _lost(sentence: Sentence, loss: Loss) -> set[int]:
    if all(word.upos == "PUNCT" for word in sentence.words):
        return set() if loss == "none" else set(range(len(sentence.words)))
    heads = {word.head for word in sentence.words}
    marks = [i for i, word in enumerate(sentence.words) if word.upos == "PUNCT" and i not in heads]
    if loss == "all":
        return {index for index in marks if sentence.words[index].xpos != "HYPH"}
    commas = {index for index in marks if sentence.words[index].form == ","} if loss == "commas" else set()
    return commas | _final(sentence, marks) if loss != "none" else set()


def _final(sentence: Sentence, marks: Sequence[int]) -> set[int]:
    """The unbroken run of marks at the end of the sentence."""
    final: set[int] = set()
    last = len(sentence.words) - 1
    while last in marks:
        final.add(last)
        last -= 1
    return final


def _in_lines(sentences: Iterable[Sentence], line_words: int) -> list[Sentence]:
    """The sentences broken into lines of so many words, over sentence ends too, as captions are."""
    count, lines = 0, []
    for sentence in sentences:
        breaks = {
            i
            for i, word in enumerate(sentence.words)
            if word.space_after and (count + i + 1) % line_words == 0
        }
        lines.append(_with_blanks(sentence, breaks, "\n"))
        count += len(sentence.words)
    return lines


def _with_blanks(sentence: Sentence, after: set[int], blank: str) -> Sentence:
    """The sentence with a whitespace word after each of the given words, instead of its space."""
    words: list[tuple[int, Word]] = []
    for index, word in enumerate(sentence.words):
        if index in after:
            words.append((index, replace(word, space_after=False)))
            words.append((-1, Word(blank, blank, "SPACE", "_SP", "", index, "dep", False)))
        else:
            words.append((index, word))
    return _renumbered(sentence, words)


def _renumbered(sentence: Sentence, words: Iterable[tuple[int, Word]]) -> Sentence:
    """A sentence of other words, given with their old indices (-1 for a new word) and old heads."""
    listed = list(words)
    new = {old: index for index, (old, _) in enumerate(listed) if old >= 0}
    return replace(sentence, words=tuple(replace(word, head=new[word.head]) for _, word in listed))


# ----------------------------------------------------------------------------------------------- spaCy


def annotated(vocab: Vocab, sentences: Iterable[Sentence]) -> Doc:
    """A spaCy document that holds the trees of the sentences, one after the other."""
    words: list[Word] = []
    heads: list[int] = []
    for sentence in sentences:
        heads += [len(words) + word.head for word in sentence.words]
        words += sentence.words
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.relation for word in words],
    )


def word_count(documents: Iterable[Iterable[Sentence]]) -> int:
    """How many syntactic words the documents have."""
    return sum(len(sentence.words) for document in documents for sentence in document)


def chunks(document: Sequence[Sentence], sizes: Iterator[int]) -> Iterator[Sequence[Sentence]]:
    """A document cut into stretches of whole sentences, each of at least so many words while they last."""
    start, words, size = 0, 0, next(sizes)
    for end, sentence in enumerate(document, 1):
        words += len(sentence.words)
        if words >= size or end == len(document):
            yield document[start:end]
            start, words, size = end, 0, next(sizes)
