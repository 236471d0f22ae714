"""Journeys through the command line: what people get, and what they are told when it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from argmap import KnowledgeBase
from argmap.cli import main

Run = Callable[..., Result]
ESCAPE = "\x1b[31mred\x9b1m\u202e"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`argmap` in a folder of its own; fails on anything that is no clean exit."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARGMAP_KB", raising=False)
    monkeypatch.setenv("ARGMAP_BY", "ann")

    def command(*words: str, code: int = 0, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert result.exit_code == code, result.output
        if code == 1 and words[0] not in ("add", "check"):
            assert len(result.stderr.splitlines()) == 1
        assert "Traceback" not in result.output
        return result

    return command


@pytest.fixture
def small(run: Run) -> dict[str, str]:
    """A small map: ids of two claims and a link."""
    with KnowledgeBase("debate.db", by="ann") as kb:
        a = kb.claim("claim", f"Small models catch up {ESCAPE}", source="a letter").ids[0]
        b, link = kb.reply(a, "attacks", "They lack knowledge", because=ESCAPE).ids
        kb.comment(a, ESCAPE)
    return {"a": a, "b": b, "link": link}


def events() -> int:
    """The log's version."""
    with KnowledgeBase("debate.db") as kb:
        return kb.version


def test_deciding(run: Run, small: dict[str, str]) -> None:
    """accept, reject, revise, link, merge and undo do what they say, and print the ids."""
    a, b = small["a"], small["b"]
    assert a in run("accept", a, "--by", "bob").output
    assert b in run("reject", b, "--because", "no source", "--by", "bob").output
    assert json.loads(run("show", b, "--json").output)["item"]["status"] == "disputed"
    run("revise", a, "--text", "Better words", "--kind", "question")
    assert json.loads(run("show", a, "--json").output)["item"]["text"] == "Better words"
    assert run("link", b, "questions", a).output.startswith("linked l")
    run("merge", a, b)
    assert json.loads(run("stats", "--json").output)["nodes"] == 1
    for _ in range(3):
        assert run("undo").output.startswith("undone")
    assert json.loads(run("stats", "--json").output)["nodes"] == 2
    assert "nothing to undo" in run("undo", "--by", "nobody", code=1).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["search", "models"],
        ["log"],
        ["stats"],
        ["check"],
        ["show", "a"],
        ["show", "b"],
        ["show", "link"],
    ],
)
def test_looking_gives_lines_and_json(run: Run, small: dict[str, str], words: list[str]) -> None:
    """Each looking command has lines for people and JSON for programs, and neither lets escapes through."""
    words = [small.get(word, word) for word in words]
    lines, as_json = run(*words).stdout, run(*words, "--json").stdout
    json.loads(as_json)
    assert all(sign.isprintable() or sign == "\n" for sign in lines + as_json)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "n0"],
        ["accept", "n0"],
        ["reject", "n0"],
        ["revise", "n0", "--text", "x"],
        ["merge", "n0", "n1"],
        ["link", "n0", "supports", "n1"],
        ["show", ESCAPE],
        ["show", "\udcff"],
        ["export", "nonsense"],
        ["export", "json", "-o", "no/folder/x.json"],
        ["import", "absent.json"],
        ["list", "--order", "nonsense"],
        ["query", "SELECT"],
        ["query", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"],
        ["query", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"],
        ["query", "LOAD <file:///etc/passwd>"],
        ["query", "SELECT * { " + "{" * 2_300 + "}" * 2_300 + " }"],
        ["query", "SELECT * { ?s ?p ?o FILTER(" + "!" * 5_000 + "true) }"],
        ["mine", "absent.txt"],
        ["add", "absent.txt"],
    ],
    ids=lambda words: " ".join(words)[:30].encode("unicode_escape").decode(),
)
def test_what_cannot_be_done_is_one_clear_line(run: Run, small: dict[str, str], words: list[str]) -> None:
    """Exit code 1, one line on stderr, nothing raw in it, and nothing written."""
    before = events()
    result = run(*words, code=1)
    assert all(sign.isprintable() or sign == "\n" for sign in result.output)
    assert events() == before


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["add"],
        ["accept"],
        ["list", "--kind", "opinion"],
        ["list", "--limit", "-1"],
        ["log", "--limit", "99999999999999999999"],
        ["revise", "n1"],
        ["query", "ASK {}", "--format", "xml"],
        ["export", "turtle", "--history"],
        ["train", "--language"],
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, small: dict[str, str], words: list[str]) -> None:
    """Click says what is wrong with the words."""
    assert "Usage" in run(*words, code=2).stderr


def test_looking_makes_no_knowledge_base(run: Run, tmp_path: Path) -> None:
    """A mistyped --kb is told of; no empty file is left behind."""
    for words in (
        ["list"],
        ["stats"],
        ["check"],
        ["undo"],
        ["accept", "n1"],
        ["backup", "b.db"],
        ["export", "json"],
    ):
        assert "no such knowledge base" in run("--kb", "typo.db", *words, code=1).stderr
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_takes_too_long_is_ended(run: Run, small: dict[str, str], monkeypatch: Any) -> None:
    """A cross product ends within its limit, in one line."""
    from argmap.formats import sparql

    monkeypatch.setattr(sparql, "SECONDS", 1)
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9))
    result = run("query", f"SELECT (COUNT(*) AS ?n) {{ {product} }}", code=1)
    assert "narrower" in result.stderr


def test_a_map_that_loads_for_too_long_is_told(run: Run, small: dict[str, str], monkeypatch: Any) -> None:
    """It is not the question that is to blame."""
    monkeypatch.setattr("argmap.formats.sparql.LOADING", -4.99)
    assert "publish it to a server" in run("query", "ASK {}", code=1).stderr


def test_queries_answer_in_every_form(run: Run, small: dict[str, str]) -> None:
    """Table, JSON, CSV and Turtle; escapes in texts reach no terminal."""
    ask = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"
    for form in ("table", "json", "csv"):
        output = run("query", ask, "--format", form).output
        assert "catch up" in output
        assert all(sign.isprintable() or sign in "\n\t" for sign in output)
    assert run("query", "ASK { ?s ?p ?o }").output == "yes\n"
    assert run("query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "ttl").output
    for form, question in (("csv", "ASK {}"), ("csv", "CONSTRUCT WHERE { ?s ?p ?o }"), ("ttl", ask)):
        assert "only" in run("query", question, "--format", form, code=1).stderr


BAD_FILES = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "spaces.txt": b" \n \n",
}
ODD_FILES: dict[str, bytes] = {
    "crlf.txt": b"I think so.\r\nBecause it rains.\r\n",
    "bom.txt": "\ufeffI think it is so.".encode(),
    "utf16.txt": "I think it is so, because it rains.".encode("utf-16"),
    "nul.txt": b"I think\0 it is so.",
    "surrogates.txt": b"I think \xed\xa0\x80 it is so.",
    "latin.txt": "Ich glaube, das wäre schön.".encode("latin-1"),
    "escape.txt": f"I think {ESCAPE} it is so.".encode(),
}


def test_bad_files_do_not_stop_the_good_ones(run: Run, tmp_path: Path) -> None:
    """Every file that can be read is kept; the others are told of one by one; exit code 1."""
    for name, data in (BAD_FILES | ODD_FILES).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.txt").write_text("Models gain no knowledge by reasoning, because facts need room.")
    names = ["folder", "absent.txt", *BAD_FILES, *ODD_FILES, "good.txt"]
    result = run("add", "--no-mine", *names, code=1)
    told = {
        line.split(": ")[1].split(":")[0]
        for line in result.stderr.splitlines()
        if line.startswith("argmap: ")
    }
    assert {"folder", "absent.txt", *BAD_FILES} <= told <= {*names} - {"good.txt", "crlf.txt", "bom.txt"}
    with KnowledgeBase("debate.db") as kb:
        held = {row.title for row in kb.documents()}
        assert {"good", "crlf", "bom"} <= held
        assert len(held) == len(names) - len(told)
        for document in kb.map().documents.values():
            assert all(sign.isprintable() or sign in "\n\t\u202e\x9b" for sign in document.text)
    assert "0 errors" in run("check").stderr


def test_the_five_texts_end_to_end(run: Run, five_texts: list[Path]) -> None:
    """Add, check, spans, nothing twice, exports that repeat, imports that give the same, history too."""
    names = [str(path) for path in five_texts]
    run("add", *names)
    assert "0 errors" in run("check").stderr
    before = events()
    run("add", *names)
    assert events() == before
    with KnowledgeBase("debate.db") as kb:
        held = kb.map()
    assert len(held.documents) == 5
    for node in held.nodes.values():
        quotes = [quote for _, quote in held.quotes(node)]
        assert len(quotes) == len(node.mentions)
        assert all(quote.strip() for quote in quotes)
    (gap,) = (d.id for d in held.documents.values() if d.title == "open_source_gap")
    in_gap = [n.text for n in held.nodes.values() if any(m.document == gap for m in n.mentions)]
    assert len(in_gap) == len(set(in_gap))
    first = run("export", "json").stdout_bytes
    assert run("export", "json").stdout_bytes == first
    run("export", "json", "-o", "map.json")
    run("--kb", "other.db", "import", "map.json")
    assert run("--kb", "other.db", "export", "json").stdout_bytes == first
    run("export", "json", "--history", "-o", "history.json")
    run("--kb", "third.db", "import", "history.json")
    run("--kb", "third.db", "export", "json", "--history", "-o", "again.json")
    assert Path("again.json").read_bytes() == Path("history.json").read_bytes()
    assert "0 errors" in run("--kb", "third.db", "check").stderr
    assert "stays out" in run("import", "history.json").stderr


def test_a_history_that_is_not_its_maps_is_refused(run: Run, small: dict[str, str]) -> None:
    """An edited map with another's history changes nothing."""
    value = json.loads(run("export", "json", "--history").stdout)
    value["nodes"][0]["text"] = "Forged"
    result = run("--kb", "new.db", "import", "-", code=1, stdin=json.dumps(value).encode())
    assert "history does not amount to its map" in result.stderr


@pytest.mark.parametrize("form", ["json", "turtle", "trig", "jsonld", "graphml", "html"])
def test_exports_are_the_same_twice(run: Run, small: dict[str, str], form: str) -> None:
    """Two exports of one map are byte-identical."""
    assert run("export", form).stdout_bytes == run("export", form).stdout_bytes != b""


@pytest.mark.parametrize("form", ["json", "turtle", "trig", "jsonld"])
def test_an_import_of_an_export_gives_the_same_map(run: Run, small: dict[str, str], form: str) -> None:
    """Out and in again, by structure alone; the second time is nothing new."""
    run("export", form, "-o", "map.out")
    run("--kb", "new.db", "import", "map.out")
    assert run("--kb", "new.db", "export", "json").stdout_bytes == run("export", "json").stdout_bytes
    assert "nothing new" in run("--kb", "new.db", "import", "map.out").output


def test_backup_and_repair(run: Run, small: dict[str, str]) -> None:
    """A backup is a knowledge base; it overwrites nothing; repair rebuilds."""
    run("backup", "copy.db")
    assert "exists already" in run("backup", "copy.db", code=1).stderr
    assert run("--kb", "copy.db", "export", "json").stdout_bytes == run("export", "json").stdout_bytes
    assert "rebuilt 3 items" in run("check", "--repair").stderr


def test_mine_prints_json_and_stores_nothing(run: Run, five_texts: list[Path], tmp_path: Path) -> None:
    """`mine` gives argmap JSON on stdout, and makes no file."""
    text = next(path for path in five_texts if path.stem == "knowledge_vs_intelligence")
    value = json.loads(run("mine", str(text)).stdout)
    assert (value["argmap"], len(value["documents"]), bool(value["nodes"])) == (1, 1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_demo_makes_a_knowledge_base(run: Run) -> None:
    """`argmap demo --no-browser` gives the place of a knowledge base with the five texts."""
    place = run("demo", "--no-browser").output.split(".db")[0] + ".db"
    assert json.loads(run("--kb", place, "stats", "--json").output)["documents"] == 5
    assert "0 errors" in run("--kb", place, "check").stderr


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    """In a real process: exit codes, names that are not UTF-8, and a terminal without Unicode."""

    def argmap(*words: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
        import os

        command = [sys.executable, "-m", "argmap", "--kb", str(tmp_path / "kb.db"), *words]
        root = Path(__file__).parents[2]
        return subprocess.run(
            command, capture_output=True, check=False, cwd=root, env={**os.environ, **environment}
        )

    name = bytes(tmp_path) + b"/bad\xff.txt"
    Path(name.decode("utf-8", "surrogateescape")).write_text("I think größere Modelle 😀 are better.")
    added = argmap("add", "--no-mine", name)
    assert b"Traceback" not in added.stderr
    with KnowledgeBase(tmp_path / "kb.db") as kb:
        kb.claim("claim", "Größere Modelle 😀")
    for words in (["list"], ["list", "--json"], ["show", b"\xff"]):
        done = argmap(*words, PYTHONIOENCODING="ascii", LC_ALL="C")
        assert b"Traceback" not in done.stderr
        assert done.returncode == (1 if b"\xff" in words else 0)
    assert argmap("nonsense").returncode == 2
