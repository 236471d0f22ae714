"""The language pipeline: training end to end on a toy treebank, and the weights that are shipped."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import argmap.mining
from argmap.errors import TrainingError
from argmap.mining.train_language import train_language

SHIPPED = Path(argmap.mining.__file__).parent / "trained" / "en_argmap"
SENTENCE = """1\tCats\tcat\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_
2\tsleep\tsleep\tVERB\tVBP\tMood=Ind\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture(scope="module")
def shipped() -> Language:
    return spacy.load(SHIPPED)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name in ("ud-ewt/en_ewt-ud", "ud-gum/en_gum-ud"):
        for part in ("train", "dev"):
            path = tmp_path / "corpora" / f"{name}-{part}.conllu"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("# newdoc id = toy\n" + SENTENCE * 40, encoding="utf-8")
    return tmp_path / "corpora"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_training_writes_a_pipeline_and_its_figures(corpora: Path, tmp_path: Path) -> None:
    output = tmp_path / "model"
    figures = train_language(corpora, output, steps=2)
    assert json.loads((output / "FIGURES.json").read_text(encoding="utf-8")) == figures
    assert figures["training_words"] == 240
    assert str(tmp_path) not in (output / "config.cfg").read_text(encoding="utf-8")
    assert "parser" in spacy.load(output).pipe_names


def test_training_without_treebanks_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"en_ewt-ud-.*\.conllu"):
        train_language(tmp_path, tmp_path / "model", steps=1)


def test_shipped_weights_are_small_plain_files() -> None:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 10_000_000
    assert not [path for path in files if path.suffix in (".pkl", ".pickle", ".joblib")]
    assert {"LICENSE", "ATTRIBUTION.md", "FIGURES.json"} <= {path.name for path in files}


def test_shipped_weights_need_no_code_of_ours() -> None:
    config = (SHIPPED / "config.cfg").read_text(encoding="utf-8")
    assert "argmap" not in config
    assert "/" not in config.split("[system]")[0]


def test_shipped_pipeline_analyses(shipped: Language) -> None:
    doc = shipped("The council closed two schools. Parents were angry because nobody asked them.")
    assert [sentence.root.lemma_ for sentence in doc.sents] == ["close", "angry"]
    assert doc[1].dep_ == "nsubj"
    assert doc[2].pos_ == "VERB"
    assert doc[2].morph.get("Tense") == ["Past"]


def test_shipped_pipeline_reads_captions(shipped: Language) -> None:
    doc = shipped("i think the council was wrong to close the schools")
    assert [token.pos_ for token in doc[:4]] == ["PRON", "VERB", "DET", "NOUN"]
    assert doc[1].dep_ == "ROOT"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "😀😀", "a" * 300])
def test_shipped_pipeline_takes_any_text(shipped: Language, text: str) -> None:
    assert shipped(text).text == text
