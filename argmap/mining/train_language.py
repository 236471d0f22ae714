"""Train the English pipeline that argmap ships: tags, morphology, lemmas, dependencies and sentence ends.

What it gives: a folder that ``spacy.load`` reads with spaCy alone, and in it FIGURES.json with what was
measured. Training is spaCy's own (``spacy train`` with language.cfg) on the Universal Dependencies treebanks
EWT and GUM, as they are and with case and punctuation damaged.
Source: the treebanks' READMEs; ATTRIBUTION.md beside the weights names authors and licences.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import use_ops

from argmap.mining.treebank import (
    Damage,
    Sentence,
    annotated,
    chunks,
    damaged,
    in_paragraphs,
    read_treebank,
    typographic,
    word_count,
)

CONFIG = Path(__file__).with_name("language.cfg")
SEED = 20
STEPS = 5_000
EWT, GUM = "ud-ewt/en_ewt-ud", "ud-gum/en_gum-ud"
CAPTIONS = Damage(case="lower", loss="all")
_DAMAGES = {
    CAPTIONS: 4,
    Damage(case="lower", loss="all", apostrophes=False): 2,
    Damage(case="lower", loss="all", line_words=8): 2,
    Damage(case="lower", loss="commas"): 3,
    Damage(case="lower"): 3,
    Damage(loss="final"): 3,
    Damage(loss="commas"): 3,
    Damage(loss="all"): 3,
    Damage(line_words=9): 2,
    Damage(apostrophes=False): 1,
    Damage(case="upper"): 2,
    Damage(case="upper", loss="all"): 1,
}
_SIZES = (1, 10, 20, 30, 40, 60, 80)  # words
_DAMAGED_SHARE = 0.7
_PARAGRAPHS_SHARE = 0.7
_SEPARATORS = ("\n\n", "\n\n", "\n", " \n")
_TYPOGRAPHIC_SHARE = 0.2
_FIGURES = {
    "upos": "pos_acc",
    "xpos": "tag_acc",
    "uas": "dep_uas",
    "las": "dep_las",
    "lemma": "lemma_acc",
    "morphology": "morph_acc",
    "sentence_f": "sents_f",
    "tokens": "token_acc",
}


def train_language(corpora: Path, output: Path, *, steps: int = STEPS) -> dict[str, float]:
    """Train the pipeline, write it to a folder and measure it.

    Args:
        corpora: The folder that holds ``ud-ewt`` and ``ud-gum``.
        output: Where the pipeline and its FIGURES.json go; other files there stay.
        steps: How many batches of about 1,000 words to train on; those of the weights shipped by default.

    Returns:
        The figures by name, such as ``ewt_dev_las``: percentages, words a second, and counts of words.

    Raises:
        TrainingError: A treebank is missing or empty.

    Cost: about half an hour of one free core for 5,000 steps; the seed is fixed.
    """
    with TemporaryDirectory() as folder:
        work = Path(folder)
        write_corpora(corpora, work)
        run_training(work, steps=steps)
        nlp = spacy.load(work / "model" / "model-best")
    return publish(nlp, corpora, output)


def write_corpora(corpora: Path, work: Path) -> None:
    """Write ``train.spacy`` and ``dev.spacy``, in spaCy's own format, into the work folder."""
    vocab = spacy.blank("en").vocab
    dev = read_treebank(corpora / f"{EWT}-dev.conllu")
    parts = _training_parts(training_documents(corpora))
    _save(work / "train.spacy", (annotated(vocab, part) for part in parts))
    _save(work / "dev.spacy", (annotated(vocab, text) for text in _plain(dev) + _broken(dev)))


def training_documents(corpora: Path) -> list[list[Sentence]]:
    """The documents of both treebanks' training parts."""
    return [document for name in (EWT, GUM) for document in read_treebank(corpora / f"{name}-train.conllu")]


def run_training(work: Path, *, steps: int) -> None:
    """Do what ``spacy train`` does on the corpora in the work folder, which gets ``model/model-best``.

    One thing differs from the command: NumPy multiplies the matrices, which made training twice as fast.
    """
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    config = load_config(CONFIG, overrides={**paths, "training.max_steps": steps}, interpolate=False)
    with use_ops("numpy", use_blis=False):
        nlp = init_nlp(config)
        (work / "model").mkdir(exist_ok=True)
        train(nlp, work / "model")


def publish(nlp: Language, corpora: Path, output: Path) -> dict[str, float]:
    """Measure a trained pipeline and write it, without the words it was trained on, and its figures."""
    figures = measured(nlp, corpora)
    write_pipeline(nlp, output, figures)
    table = json.dumps(figures, indent=2, sort_keys=True)
    (output / "FIGURES.json").write_text(f"{table}\n", encoding="utf-8")
    return figures


def write_pipeline(nlp: Language, output: Path, figures: dict[str, float]) -> None:
    """Write the pipeline to a folder; its string store keeps only what the components need."""
    needed = sorted(_needed_strings(nlp))
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(_META)
    nlp.meta["performance"] = figures
    nlp.to_disk(output)
    strings = json.dumps(needed, ensure_ascii=False)
    (output / "vocab" / "strings.json").write_text(strings, encoding="utf-8")


def _needed_strings(nlp: Language) -> set[str]:
    """Labels with their parts, and the words that the lemmatizer's edit trees name."""
    labels = {str(label) for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    features = {part for label in labels for part in label.split("|")}
    values = {part for feature in features for part in feature.split("=")}
    merged = {"|".join(part for part in label.split("|") if not part.startswith("POS=")) for label in labels}
    trees = srsly.msgpack_loads(nlp.get_pipe("lemmatizer").trees.to_bytes())["trees"]
    hashes = {tree[side] for tree in trees for side in ("orig", "subst") if side in tree}
    return labels | features | values | merged | {nlp.vocab.strings[number] for number in hashes}


_META = {
    "name": "argmap",
    "version": "1.0.0",
    "spacy_version": ">=3.8.0,<3.9.0",
    "description": "English for argument mining: web text, speech, captions and forum posts.",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "Universal Dependencies English EWT 2.16",
            "url": "https://github.com/UniversalDependencies/UD_English-EWT",
            "license": "CC BY-SA 4.0",
        },
        {
            "name": "Universal Dependencies English GUM, the genres free of non-commercial terms",
            "url": "https://github.com/UniversalDependencies/UD_English-GUM",
            "license": "annotations CC BY 4.0; texts CC BY, CC BY-SA or public domain",
        },
    ],
}


# --------------------------------------------------------------------------------------------- corpora


def _save(path: Path, docs: Iterable[Doc]) -> None:
    DocBin(docs=docs).to_disk(path)


def _training_parts(documents: Iterable[Sequence[Sentence]]) -> Iterator[list[Sentence]]:
    """Stretches of the documents as they are, and of most a damaged copy."""
    rng = random.Random(SEED)
    sizes = iter(lambda: rng.choice(_SIZES), 0)
    for document in documents:
        for part in chunks(document, sizes):
            yield _as_written(part, rng)
        for part in chunks(document, sizes):
            if rng.random() < _DAMAGED_SHARE:
                yield from filter(None, [_as_damaged(part, rng)])


def _as_written(part: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    if rng.random() < _TYPOGRAPHIC_SHARE:
        part = [typographic(sentence) for sentence in part]
    if rng.random() < _PARAGRAPHS_SHARE:
        return in_paragraphs(part, rng.choice(_SEPARATORS))
    return list(part)


def _as_damaged(part: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    damage = rng.choices(list(_DAMAGES), weights=list(_DAMAGES.values()))[0]
    whole = damaged(part, damage)
    return in_paragraphs(whole, "\n") if not damage.line_words and rng.random() < 0.2 else whole


def _plain(documents: Iterable[Sequence[Sentence]]) -> list[list[Sentence]]:
    """The documents as Universal Dependencies gives them: blank lines between paragraphs."""
    return [in_paragraphs(document) for document in documents]


def _broken(documents: Iterable[Sequence[Sentence]]) -> list[list[Sentence]]:
    """The documents as captions: lower case, no punctuation, no paragraphs."""
    return [whole for document in documents if (whole := damaged(document, CAPTIONS))]


# --------------------------------------------------------------------------------------------- figures


def measured(nlp: Language, corpora: Path) -> dict[str, float]:
    """The figures of a pipeline on EWT dev, GUM dev and broken copies of both, from raw text on."""
    figures = {"training_words": float(word_count(training_documents(corpora)))}
    for name, path in (("ewt_dev", EWT), ("gum_dev", GUM)):
        documents = read_treebank(corpora / f"{path}-dev.conllu")
        broken = _broken(documents)
        for kind, texts, gold in (("", _plain(documents), documents), ("_broken", broken, broken)):
            figures |= {f"{name}{kind}_{key}": value for key, value in _scores(nlp, texts, gold).items()}
    return figures | {"words_per_second": _speed(nlp, _plain(read_treebank(corpora / f"{EWT}-dev.conllu")))}


def _scores(
    nlp: Language, texts: Iterable[Sequence[Sentence]], gold: Iterable[Sequence[Sentence]]
) -> dict[str, float]:
    """Percentages; UAS and LAS as spaCy counts them (without punctuation) and, by name, with it."""
    pairs = zip(texts, gold, strict=True)
    examples = [Example(nlp(_raw(nlp, text)), annotated(nlp.vocab, trees)) for text, trees in pairs]
    scores = Scorer(nlp).score(examples)
    marks = Scorer.score_deps(examples, "dep", getter=lambda token, _: token.dep_.lower(), ignore_labels=())
    figures = {name: scores[key] for name, key in _FIGURES.items()}
    figures |= {"uas_with_punctuation": marks["dep_uas"], "las_with_punctuation": marks["dep_las"]}
    return {name: round(100 * value, 2) for name, value in figures.items()}


def _speed(nlp: Language, texts: Iterable[Sequence[Sentence]]) -> float:
    """Words through the whole pipeline for a second of processor time, which other programs do not change."""
    raw = [_raw(nlp, text) for text in texts]
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(raw))
    return round(words / (time.process_time() - start), -2)


def _raw(nlp: Language, text: Iterable[Sentence]) -> str:
    return str(annotated(nlp.vocab, text).text)
