"""Two builds of one corpus, on machines as different as they get, are the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import extractor

HEADS = ["国家医保局文件\n医保发〔{year}〕{number}号\n", "关于做好{year}年城乡居民基本医疗保障工作的通知\n", ""]
BODY = """各省、自治区、直辖市医疗保障局：
为做好{year}年城乡居民基本医疗保障工作，现就有关问题通知如下：
一、提高筹资标准。{year}年居民医保人均财政补助标准新增30元，达到每人每年不低于{level}元，个人缴费标准达到每人每年{own}元。
二、中央财政对西部、中部地区分别按照80%、60%的比例给予补助。政策范围内住院费用基金支付比例稳定在70%左右。
三、{year}年底前，覆盖辖区至少40%统筹地区。对特困人员给予全额资助，三重保障一体化，第1 2 3号。
{year}年6月30日
"""
ENVIRONMENTS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "COLUMNS": "40"},
]


def notices():
    for number in range(6):
        year = 2019 + number // 2
        text = (HEADS[number % 3] + BODY).format(
            year=year, number=10 + number, level=520 + 30 * number, own=280 + 10 * number
        )
        yield f"{100000 + number % 2 * 260000}/{year}-{number}.txt", text.encode("gb18030" if number == 4 else "utf-8")
    paragraphs = text.replace("\n", "</p><p>")
    page = f"<html><head><meta charset=utf-8></head><body><h1>通知</h1><p>{paragraphs}</p></body></html>"
    yield "110000/网页.html", page.encode()
    yield "z/empty.txt", b""


def build(place, order, environment):
    """Write the corpus in an order of its own, build it in a process of its own, and return all output files."""
    corpus = place / "corpus"
    for name, data in order(list(notices())):
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_bytes(data)
    variables = {**os.environ, "PYTHONPATH": str(Path(extractor.__file__).parents[1]), **environment}
    command = [sys.executable, "-m", "extractor", "build", str(corpus), "-o", str(place / "out")]
    ended = subprocess.run(command, cwd=place, env=variables, capture_output=True, check=False)  # noqa: S603 - our own program

    assert ended.returncode == 3, ended.stderr.decode("utf-8", "replace")
    out = place / "out"
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    # What builds remember for the next one is of this machine and this day.
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".state/")}


def test_builds_are_byte_identical(tmp_path):
    """Other folders, creation orders, hash seeds, time zones and languages change no byte."""
    orders = [list, lambda rows: rows[::-1], lambda rows: rows[3:] + rows[:3]]
    places = [tmp_path / "a", tmp_path / "深 处" / ("b" * 20), tmp_path / "c"]
    built = []
    for place, order, environment in zip(places, orders, ENVIRONMENTS, strict=True):
        place.mkdir(parents=True)
        built.append(build(place, order, environment))

    assert set(built[0]) == set(built[1]) == set(built[2])
    assert [name for name in built[0] if not built[0][name] == built[1][name] == built[2][name]] == []
    assert len(built[0]) > 3
