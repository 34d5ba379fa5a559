"""An example of a calculator: what a resident pays for a year's medical insurance, and what each budget pays.

    python tests/calculator.py outputs/dataset.json
    python tests/calculator.py outputs/dataset.json --year 2022 --region 360000 --population 定额资助参保对象

Every figure comes from the dataset, and every line says from where. A floor stays a floor: what is worked out from 不低于610元
is 至少. Figures are exact decimals throughout.
"""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from extractor import Dataset
from extractor.errors import DatasetError

if TYPE_CHECKING:
    from extractor.query.value import FigureValue

CONTRIBUTION = "medical.funding.individual_contribution"
SUBSIDY = "medical.funding.fiscal_subsidy"
CENTRAL_SHARE = "medical.funding.central_share"
EXAMPLES = (("510000", None), ("360000", None), ("360000", "定额资助参保对象"))
# 个人缴费350元 or 至少610元; anything else (about, at most) is no amount that sums may be made with.
WORDS = {"eq": "", "ge": "至少"}


class Amount(NamedTuple):
    """Yuan a person and year; ``operator`` is ``eq`` for the amount itself, ``ge`` for a floor."""

    value: Decimal
    operator: str

    def __str__(self) -> str:
        """Write it as people read it: 至少488元."""
        return f"{WORDS[self.operator]}{self.value.normalize():f}元"


class Line(NamedTuple):
    """A line of the bill: what, how much, how it was worked out, and the readings that it rests on."""

    label: str
    amount: Amount
    how: str
    readings: tuple[FigureValue, ...]


def stated(reading: FigureValue) -> Amount:
    """Take an amount of money as stated; a `ReadingError` where it is neither an amount nor a floor."""
    if reading.value is None or reading.unit != "CNY" or reading.operator not in WORDS:
        return Amount(reading.exact, "eq")  # which says what it is instead
    return Amount(reading.value, reading.operator)


def bill(dataset: Dataset, year: int, region: str, population: str | None = None) -> list[Line]:
    """Work out who pays what for one resident; a `ReadingError` says which figure the dataset doesn't have."""
    pays = dataset.value(CONTRIBUTION, year=year, region=region, population=population)
    subsidy = dataset.value(SUBSIDY, year=year, region=region)
    share = dataset.value(CENTRAL_SHARE, year=year, region=region)
    lines = [Line("个人缴费", stated(pays), "", (pays,))]
    if population is not None and not pays.general:
        full = dataset.value(CONTRIBUTION, year=year, region=region)
        paid = Amount(full.exact - pays.exact, "eq")
        lines.append(Line("由资助支付", paid, f"{stated(full)} − {stated(pays)}", (full, pays)))
    whole, percent = stated(subsidy), share.exact
    central = Amount(whole.value * percent / 100, whole.operator)
    local = Amount(whole.value * (100 - percent) / 100, whole.operator)
    lines.append(Line("财政补助", whole, "", (subsidy,)))
    lines.append(Line("其中中央财政", central, f"{whole} × {percent}%", (subsidy, share)))
    lines.append(Line("其中地方财政", local, f"{whole} × {100 - percent}%", (subsidy, share)))
    return lines


def render(dataset: Dataset, year: int, region: str, population: str | None = None) -> str:
    """Write a bill with the source of every figure."""
    written = [f"{year}年 地区{region} {population or '普通参保居民'}"]
    for line in bill(dataset, year, region, population):
        written.append(f"  {line.label}：{line.amount}/年{f'（{line.how}）' if line.how else ''}")
        for reading in line.readings:
            notes = ["沿用上级地区标准"] * reading.inherited + ["一般标准"] * reading.general
            written.append(f"    来源：{reading.source}{''.join(f' · {note}' for note in notes)}")
    return "\n".join(written)


def main(arguments: list[str] | None = None) -> int:
    """Print the bill asked for, or those of the examples: a western province, a central one, an assisted person there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset")
    parser.add_argument("--year", type=int, default=2022)
    parser.add_argument("--region")
    parser.add_argument("--population")
    given = parser.parse_args(arguments)
    try:
        dataset = Dataset.load(given.dataset)
        asked = [(given.region, given.population)] if given.region else EXAMPLES
        bills = [render(dataset, given.year, region, population) for region, population in asked]
    except DatasetError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("\n\n".join(bills) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
