"""Labels centred on what they stand for: which run of slots each label spans."""

from __future__ import annotations

from collections.abc import Sequence

Slot = tuple[float, float]
Run = tuple[int, int]


def centred_runs(
    slots: Sequence[Slot], centres: Sequence[float], skip: float, alone: float = float("inf")
) -> tuple[list[Run], float]:
    """For each label the slots [first, end) that it is centred on, and how far off all are.

    `slots`: start and end of rows or columns (or of lines of text) along the page, `centres`: of
    labels beside them, both ascending. Runs follow the order of the labels and do not overlap, each
    has a slot or costs `alone`; a slot in no run costs `skip`. Found by dynamic programming, in the
    cube of the number of slots at worst. No runs, if that is the only way at a finite cost.
    """
    count, labels = len(slots), len(centres)
    best = [[float("inf")] * (labels + 1) for _ in range(count + 1)]
    taken = [[(0, 0)] * (labels + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for i in range(count + 1):
        for j in range(labels + 1):
            ways = [(best[i][j], (i, j))]
            if i:
                ways.append((best[i - 1][j] + skip, (i - 1, j)))
            if j:
                ways.append((best[i][j - 1] + alone, (i, j - 1)))
                ways += [
                    (
                        best[k][j - 1] + abs((slots[k][0] + slots[i - 1][1]) / 2 - centres[j - 1]),
                        (k, j - 1),
                    )
                    for k in range(i)
                ]
            best[i][j], taken[i][j] = min(ways)
    if best[count][labels] == float("inf"):
        return [], float("inf")
    runs: list[Run] = []
    i, j = count, labels
    while (i, j) != (0, 0):
        k, before = taken[i][j]
        if before < j:
            runs.append((k, i))
        i, j = k, before
    return runs[::-1], best[count][labels]
