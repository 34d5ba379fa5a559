"""Lists whose values are dealt out to several subjects: 分别, 依次, 各."""
