"""The written papers under the eyes of outside tools."""

import subprocess

import pytest

from core.drafting.plans import a_unit_plan
from thidua.core.drafting.plan import plan_document
from thidua.documents.pdf_writer import pdf

pytestmark = pytest.mark.papers


def test_every_font_of_a_paper_is_embedded(pdffonts, tmp_path):
    paper = tmp_path / "ke-hoach.pdf"
    paper.write_bytes(pdf(plan_document(a_unit_plan())))

    lines = subprocess.run([pdffonts, paper], capture_output=True, text=True, check=True).stdout.splitlines()[
        2:
    ]

    assert lines
    assert {line.split()[-5] for line in lines} == {"yes"}
