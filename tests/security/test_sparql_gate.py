# ruff: noqa: E501  (the pieces)
"""The wall in front of the worker: it knows keywords from words, and no mixture of signs talks it round."""

from __future__ import annotations

import time
from contextlib import suppress
from random import Random

import pyoxigraph
import pytest

from argmap.errors import QueryError
from argmap.formats.sparql import ask
from argmap.formats.sparql_gate import LONGEST, bared, gate
from tests.security.test_fuzz import COUNT

HARMLESS = (
    "SELECT ?service { ?x <http://e/service> ?service FILTER(?service != 'SERVICE LOAD DROP') } # DELETE FROM",
    "SELECT * { ?s ?p 'quotes from \"the service\"' }",
    'SELECT * { ?s ?p """a " load, it\'s \'\'\' from""" }',
    "SELECT * { ?s ?p '''it's \"\"\" a \\'service''' ; ?q 'don\\'t load' }",
    "SELECT * { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#from> <urn:argmap:load> }",
    "PREFIX ex: <http://e.org/from#> SELECT * { ?from ex:service ?load . ?load ex:well-from 'x'@en }",
    "SELECT * { ?s ?p ?o } # it's from me",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && CONTAINS(STR(?s), '((((((((((((((((((((((((((((((') ) }",
)
REACHING = (
    "SELECT * { SERVICE <HTTP> { ?s ?p ?o } }",
    "SELECT * { sErViCe <HTTP> { ?s ?p ?o } }",
    "SELECT * { ?x ?y ?a FILTER(1<2)SERVICE#>\n<HTTP> { ?s ?p ?o } }",
    "PREFIX a: <x:> SELECT * { ?x ?y ?z FILTER(?x<a:b)SERVICE<HTTP>{} #>\n}",
    "PREFIX a: <x:> SELECT * { ?x ?y ?z FILTER(?x<a:b#>'''\n)SERVICE<HTTP>{ ?s ?p ?o } #'''\n}",
    "SELECT * { ?x ?y ?z FILTER(?x<'a>'&&1)SERVICE<HTTP>{ ?s ?p ?o } #'\n}",
    "PREFIX a: <x:> SELECT * { ?x ?y ?z FILTER(?x<a:b&&EXISTS{SERVICE<HTTP>{ ?s ?p ?o }}&&?x>1) }",
    "PREFIX a: <x:> SELECT * { ?x a:it\\'s ?z . SERVICE<HTTP>{ ?s ?p ?o } ?x a:it\\'s ?z }",
    'SELECT * { VALUES ?x {"""a"} SERVICE<HTTP>{ ?s ?p ?o } } #"',
    "SELECT * { ?x <http://e/(')> ?z . SERVICE<HTTP>{ ?s ?p ?o } ?x <http://e/(')> ?z }",
    "SELECT * { ?x <e(')> ?z . SERVICE<HTTP>{ ?s ?p ?o } ?x <e(')> ?z }",
    "SELECT * { SERVICEex:s { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICESILENT<HTTP>{ ?s ?p ?o } }",
    "SELECT * FROM <HTTP> { ?s ?p ?o }",
    "SELECT * FROM<HTTP>{ ?s ?p ?o }",
    "LOAD <HTTP>",
    "#'\nLOAD <HTTP> #'",
)
PIECES = (
    "SERVICE <HTTP> {?s ?p ?o}", "SERVICE<HTTP>{}", "SERVICE#>\n<HTTP>{?a ?b ?c}", "SERVICE ex:s {}", "SERVICE",
    "FILTER(1<2)", "FILTER(?x<ex:a)", "FILTER(?x<ex:a#>\n)", "FILTER(?x<'a>')", "FILTER(1<2&&?x>3)", "BIND(1<2 AS ?q)",
    "?x ?y ?z .", "?x <urn:a> 'b' .", "?x ex:a \"b\" .", "?x <http://e/a#b> '''c''' .", '?x ex:a """d""" .', "ex:it\\'s ?p ?o .",
    "VALUES ?v {'a' \"b\"}", 'VALUES ?v {"""a"}', "OPTIONAL {?x ?y ?z}", "{?a ?b ?c} UNION {?d ?e ?f}", "#", "#'\n", "# \"\"\"\n",
    "'", '"', "'''", '"""', "<", ">", "{", "}", "(", ")", "\n", " ", "\\'", "\\", ".", ";", "?x", "ex:", "ex:a", "1", "<urn:a'", "<e(')>",
)  # fmt: skip


@pytest.mark.parametrize("question", HARMLESS)
def test_words_are_no_keywords(question: str) -> None:
    """In strings, comments, names and addresses anything may stand; the engine agrees that it is a question."""
    gate(question)
    pyoxigraph.Store().query(question)
    assert not set("'\"") & set(bared(question))


@pytest.mark.parametrize("question", REACHING)
def test_keywords_are_no_words(question: str) -> None:
    """However it is dressed up, what would reach out is refused."""
    with pytest.raises(QueryError, match="not allowed"):
        gate(question)


@pytest.mark.parametrize("sign", ['"', "'", '"""', "'''", "<", "<a", "#", "\\", '"\\', "<http://", ":", "?"])
def test_the_gate_takes_no_time(sign: str) -> None:
    """The longest question of any one sign costs no more than a look at each of its characters."""
    start = time.process_time()
    with suppress(QueryError):
        gate((sign * LONGEST)[:LONGEST])
    assert time.process_time() - start < 2.0


def soup(number: int) -> str:
    """The mixture of this number."""
    chance = Random(number)
    pieces = chance.choices(PIECES, k=chance.randrange(1, 9))
    return (
        "PREFIX ex: <x:> SELECT * { " + chance.choice(("", " ")).join(pieces) + chance.choice((" }", "\n}"))
    )


def is_question(sparql: str) -> bool:
    """Whether the bare engine, without any wall, takes it."""
    try:
        pyoxigraph.Store().query(sparql)
    except SyntaxError:
        return False
    return True


def test_no_soup_talks_the_gate_round() -> None:
    """What passes has no keyword SERVICE in it: where the engine takes it, it takes it with another word there."""
    reaching = passed = 0
    for number in range(max(8_000, COUNT * 4)):
        question = soup(number)
        if "SERVICE" not in question or not is_question(question):
            continue
        is_live = not is_question(question.replace("SERVICE", "SERVINE"))
        reaching += is_live
        try:
            gate(question)
        except QueryError:
            continue
        passed += 1
        assert not is_live, question
    assert min(reaching, passed) > 5  # or this would prove nothing


def test_nested_values_are_told() -> None:
    """A triple that is a value is one cell of a row."""
    found = ask(b"", "SELECT ?t ?none { BIND(<<( <urn:a> <urn:b> 'c' )>> AS ?t) }")
    assert found.rows == (("<<( urn:a urn:b c )>>", None),)
