"""Hall's condition, kept exactly while work is given out: time of groups of clerks against work of lanes."""

from collections.abc import Collection, Iterable


class Pools:
    """Time that groups of clerks have left, for the lanes that each group can serve.

    Only some sets of lanes can be the tightest: those that hold every lane all of whose clerks they count
    already. They are what a union of groups leaves of a cluster, a cluster being lanes that share clerks.
    """

    __slots__ = ("_holding", "_left")

    def __init__(self, groups: Collection[frozenset[str]]) -> None:
        sets = [tight for cluster in clusters(groups) for tight in _tight_sets(cluster)]
        lanes = frozenset[str]().union(*groups)
        self._holding = {lane: [n for n, tight in enumerate(sets) if lane in tight] for lane in lanes}
        self._left = [0] * len(sets)

    @classmethod
    def like(cls, other: "Pools") -> "Pools":
        """Empty pools of the same groups."""
        pools = cls(())
        pools._holding, pools._left = other._holding, [0] * len(other._left)
        return pools

    def earn(self, group: frozenset[str], time: int) -> None:
        """Clerks who can serve these lanes are there for so long."""
        for n in {n for lane in group for n in self._holding[lane]}:
            self._left[n] += time

    def fits(self, lane: str, work: int) -> bool:
        """Whether so much more work of a lane can be done beside all that was taken; no if nobody can."""
        return lane in self._holding and all(self._left[n] >= work for n in self._holding[lane])

    def take(self, lane: str, work: int) -> None:
        """Give work of a lane out."""
        for n in self._holding[lane]:
            self._left[n] -= work


def clusters(groups: Iterable[frozenset[str]]) -> list[set[frozenset[str]]]:
    """The groups, together with those that they share a lane with, directly or through others."""
    found: list[set[frozenset[str]]] = []
    for group in groups:
        touching = [cluster for cluster in found if any(group & other for other in cluster)]
        found = [cluster for cluster in found if cluster not in touching]
        found.append({group}.union(*touching))
    return found


def _tight_sets(cluster: set[frozenset[str]]) -> list[frozenset[str]]:
    lanes = frozenset().union(*cluster)
    unions = {frozenset[str]()}
    for group in cluster:
        unions |= {union | group for union in unions}
    return [lanes - union for union in unions if union != lanes]
