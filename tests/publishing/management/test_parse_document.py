"""`manage.py parse_document`: a line of JSON a file, or an outline; status 1 after refusals."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories.word import paragraph, word_file

TEXT = "青石镇服务办法\n第一条　为了\u2028服务。\n第三条　负责。\n"
KEYS = ["file", "title", "reference", "issuer", "date", "parts", "warnings"]
BLOCK_KEYS = ["kind", "label", "number", "level", "heading", "text", "commentable", "children"]


def run(*arguments: str) -> tuple[str, str, int]:
    """What the command prints, what it complains of, and its exit status."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("parse_document", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(str(end.code))
    return out.getvalue(), err.getvalue(), 0


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "办法.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_one_line_a_file_in_the_order_given(file: str, tmp_path: Path) -> None:
    word = tmp_path / "a.docx"
    word.write_bytes(word_file(paragraph("第一条 甲。")))
    out, err, status = run(str(word), file, "--json")
    shown = [json.loads(line) for line in out.splitlines()]
    assert [one["file"] for one in shown] == [str(word), file]
    assert [list(one) for one in shown] == [KEYS, KEYS]
    assert (err, status) == ("", 0)


def test_the_shape_of_the_json(file: str) -> None:
    shown = json.loads(run(file, "--json")[0])
    assert shown["title"] == shown["parts"][0]["title"] == "青石镇服务办法"
    assert [shown["reference"], shown["issuer"], shown["date"]] == [None, None, None]
    blocks = shown["parts"][0]["blocks"]
    assert [list(block) for block in blocks] == [BLOCK_KEYS] * 3
    assert blocks[1] == {
        "kind": "article",
        "label": "第一条",
        "number": 1,
        "level": 1,
        "heading": "",
        "text": "为了\u2028服务。",
        "commentable": True,
        "children": [],
    }
    assert shown["warnings"] == [{"line": 3, "message": "“第三条”之前缺少第 2 项"}]


def test_rows_are_shown_of_tables_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("表\n\t甲\n\t乙\n\n\t丙\n\t丁\n", encoding="utf-8")
    table = json.loads(run(str(path), "--json")[0])["parts"][0]["blocks"][1]
    assert list(table) == [*BLOCK_KEYS, "rows"]
    assert table["rows"] == [
        {"cells": ["甲", "乙"], "header": True, "repeated": False},
        {"cells": ["丙", "丁"], "header": False, "repeated": False},
    ]


def test_a_file_that_can_not_be_read_does_not_stop_the_others(file: str, tmp_path: Path) -> None:
    absent, empty = str(tmp_path / "absent.txt"), tmp_path / "empty.docx"
    empty.write_bytes(b"")
    out, _, status = run(absent, str(empty), str(tmp_path), file, "--json")
    shown = [json.loads(line) for line in out.splitlines()]
    assert shown[:3] == [
        {"file": absent, "error": "找不到文件，请检查路径。"},
        {"file": str(empty), "error": "文件是空的，请检查后重新选择文件。"},
        {"file": str(tmp_path), "error": "这是文件夹，请指定其中的文件。"},
    ]
    assert (shown[3]["title"], status) == ("青石镇服务办法", 1)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    shown = json.loads(run("-", "--json")[0])
    assert (shown["file"], shown["title"]) == ("-", "青石镇服务办法")


def test_an_outline_for_people(file: str, tmp_path: Path) -> None:
    out, err, status = run(str(tmp_path / "absent.txt"), file)
    assert out.splitlines() == [
        f"文件：{file}",
        "标题：青石镇服务办法",
        "发文字号：（无）",
        "发文机关：（无）",
        "成文日期：（无）",
        "第 1 部分：青石镇服务办法",
        "   [标题] 青石镇服务办法",
        "  *第一条 为了 服务。",
        "  *第三条 负责。",
        "请核对：",
        "  第 3 行：“第三条”之前缺少第 2 项",
    ]
    assert "不能读取：找不到文件，请检查路径。" in err
    assert status == 1
