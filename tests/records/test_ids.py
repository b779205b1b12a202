import time
import uuid

from thidua.records.ids import uuid7


def test_ids_are_version_seven_of_the_standard_variant():
    made = uuid7()

    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_later_ids_sort_after_earlier_ones():
    first = uuid7()
    time.sleep(0.002)

    assert first < uuid7()


def test_a_thousand_ids_are_a_thousand():
    assert len({uuid7() for _ in range(1000)}) == 1000
