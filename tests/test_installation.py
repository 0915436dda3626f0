"""What `make` installs: one set of packages, and of the two OpenCV wheels the one without libGL."""

import re
from importlib.metadata import version

import cv2


def test_opencv_is_the_headless_build_of_the_pinned_version() -> None:
    assert cv2.__version__ == "4.10.0"
    gui = re.search(r"GUI:\s*(\w+)", cv2.getBuildInformation())
    assert gui is not None
    assert gui[1] == "NONE"


def test_paddlex_finds_the_distribution_it_asks_for() -> None:
    assert version("opencv-contrib-python") == version("opencv-contrib-python-headless")
