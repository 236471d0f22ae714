from __future__ import annotations

from pathlib import Path

import pytest

from argmap.reasoning import grounded
from tests.reasoning import carneades

FOLDER = Path(__file__).parents[3] / "shared/corpora/formats/carneades_expected/yaml"

_RULES = "its argument is not in the map: Carneades makes it from argument schemes with variables"
# Every difference, with its reason.
EXPLAINED = {
    ("basic_event_calculus", "holdsAt(wfh_required,3)"): _RULES,
    ("basic_event_calculus", "notHoldsAt(wfh_required,5)"): _RULES,
    ("mcda-porsche", "buy(volvo)"): _RULES,
    ("mcda-porsche", "safety(volvo,medium)"): _RULES,
    ("mandatory-sentences", "increase-social-justice"): "a cumulative argument may miss a premise: two of"
    " three here; our linked premises all have to stand",
}


def test_carneades_maps_get_the_labels_of_their_authors() -> None:
    """34 maps with 186 labels: 31 agree fully, and every other label has its reason."""
    pytest.importorskip("yaml")
    if not FOLDER.is_dir():
        pytest.skip("the Carneades maps are not here")
    graphs, differing, total = carneades.maps(FOLDER), {}, 0
    for name, graph in graphs.items():
        framework = carneades.framework(graph)
        labels = grounded(framework)
        for statement, label in carneades.expected(graph):
            total += 1
            if labels[framework.place(statement)] != label:
                differing[name, statement] = int(labels[framework.place(statement)])
    assert (len(graphs), total) == (34, 186)
    assert set(EXPLAINED) == set(differing)
