"""Trees survive what is done to their text; spaCy gets the same trees."""

from pathlib import Path

import pytest
import spacy

from argmap.errors import TrainingError
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

TREEBANK = """# newdoc id = one
# newpar
# text = Well, I don't "buy" it.
1\tWell\twell\tINTJ\tUH\t_\t6\tdiscourse\t_\tSpaceAfter=No
2\t,\t,\tPUNCT\t,\t_\t1\tpunct\t_\t_
3\tI\tI\tPRON\tPRP\tCase=Nom\t6\tnsubj\t_\t_
4-5\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdo\tdo\tAUX\tVBP\t_\t6\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
5.1\tever\tever\tADV\tRB\t_\t_\t_\t_\t_
6\tbuy\tbuy\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
7\tit\tit\tPRON\tPRP\tCase=Acc\t6\tobj\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

# newpar
# text = "Why?"
1\t"\t"\tPUNCT\t``\t_\t2\tpunct\t_\tSpaceAfter=No
2\tWhy\twhy\tADV\tWRB\t_\t0\troot\t_\tSpaceAfter=No
3\t?\t?\tPUNCT\t.\t_\t2\tpunct\t_\tSpaceAfter=No
4\t"\t"\tPUNCT\t''\t_\t2\tpunct\t_\t_

# newdoc id = two
1\t***\t***\tPUNCT\tNFP\t_\t0\troot\t_\t_

"""


@pytest.fixture
def documents(tmp_path: Path) -> list[list[Sentence]]:
    path = tmp_path / "t.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return read_treebank(path)


def text(sentences: list[Sentence]) -> str:
    return annotated(spacy.blank("en").vocab, sentences).text


def test_documents_and_words_are_read(documents: list[list[Sentence]]) -> None:
    assert [len(document) for document in documents] == [2, 1]
    assert word_count(documents) == 13
    assert text(documents[0]) == 'Well, I don\'t buy it. "Why?" '


def test_a_missing_or_empty_treebank_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no treebank"):
        read_treebank(tmp_path / "absent.conllu")
    (tmp_path / "empty.conllu").write_text("\n\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="no sentence"):
        read_treebank(tmp_path / "empty.conllu")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (Damage(), 'Well, I don\'t buy it. "Why?" '),
        (Damage(case="lower", loss="all"), "well i don't buy it why "),
        (Damage(loss="final"), "Well, I don't buy it \"Why "),
        (Damage(loss="commas"), "Well I don't buy it \"Why "),
        (Damage(case="upper"), 'WELL, I DON\'T BUY IT. "WHY?" '),
        (Damage(loss="all", apostrophes=False), "Well I dont buy it Why "),
        (Damage(loss="all", line_words=3), "Well I don't buy it\nWhy "),
    ],
)
def test_damage(documents: list[list[Sentence]], damage: Damage, expected: str) -> None:
    assert text(damaged(documents[0], damage)) == expected


def test_heads_follow_their_words(documents: list[list[Sentence]]) -> None:
    doc = annotated(spacy.blank("en").vocab, damaged(documents[0], Damage(loss="all", line_words=3)))
    heads = {token.text: (token.dep_, token.head.text) for token in doc}
    assert heads["Well"] == ("discourse", "buy")
    assert heads["it"] == ("obj", "buy")
    assert heads["\n"] == ("dep", "it")
    assert [sentence.root.text for sentence in doc.sents] == ["buy", "Why"]


def test_a_sentence_of_marks_alone_goes_with_them(documents: list[list[Sentence]]) -> None:
    assert damaged(documents[1], Damage(loss="final")) == []
    assert damaged(documents[1], Damage(case="lower")) == documents[1]


def test_paragraphs_are_separated_as_spacy_tokenizes_them(documents: list[list[Sentence]]) -> None:
    nlp = spacy.blank("en")
    doc = annotated(nlp.vocab, in_paragraphs(documents[0]))
    assert doc.text == 'Well, I don\'t buy it.\n\n"Why?" '
    assert [token.text for token in nlp(doc.text)] == [token.text for token in doc]


def test_typographic_marks(documents: list[list[Sentence]]) -> None:
    assert text([typographic(sentence) for sentence in documents[0]]) == "Well, I don’t buy it. “Why?” "


def test_chunks_are_whole_sentences_and_lose_none(documents: list[list[Sentence]]) -> None:
    sizes = iter((1, 100, 100))
    assert [list(part) for part in chunks(documents[0], sizes)] == [[s] for s in documents[0]]
    assert [len(part) for part in chunks(documents[0], iter((9, 9)))] == [2]
