"""What the tests of pages as a person sees them share: words to hide, columns, and the text sorted out."""

HIDDEN = "三、资助标准为每人每年9999元。"
COLUMNS = ["居民医保个人缴费标准为", "每人每年三百八十元，财政", "补助不低于六百四十元。"]


def sorted_out(source):
    """Give the lines of the text, those beside it, and the damage by kind."""
    lines, at = [], 0
    beside = {block.start for block in source.blocks if block.kind == "furniture"}
    furniture = []
    for line in source.text.split("\n"):
        (furniture if at in beside else lines).append(line)
        at += len(line) + 1
    return lines, furniture, {item.kind: item.count for item in source.damage}
