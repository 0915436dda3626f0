"""Each tool that is measured, run alone in a process of its own.

`python -m benchmarks.contenders THREADS TOOL FILE...` prints one JSON object: per file the seconds
of each page, the texts found with their boxes in page points, and at the end the peak memory.
Loading and one warm-up page are not timed. Every tool gets the same models, as many threads, and
pages rendered at the same resolution; rendering is part of every tool's time.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import layout
import ocr
from benchmarks.score import table_pages
from document.picture import Pixels
from gouji import Settings
from gouji.pipeline import Pipeline
from ocr.models import bundled_detection, bundled_recognition

THREADS = 2
PEER_DPI = 200

STOCK_WIDTH = 320
TASK_KINDS = ("intra", "inter")

TextBox = tuple[str, float, float, float, float]
"""A text and its box in page points."""


@dataclass(slots=True)
class FileRun:
    """What one tool made of one file."""

    seconds: list[float] = field(default_factory=list)
    seconds_tables: list[float] = field(default_factory=list)
    texts: dict[int, list[TextBox]] = field(default_factory=dict)
    output: dict[str, Any] | None = None


def gouji(paths: list[Path], threads: int) -> Iterator[FileRun]:
    """The pipeline as `gouji digitize` runs it; pages overlap, so a page's time is its share."""
    settings = Settings(threads=threads)
    engine = ocr.PaddleEngine(threads=threads)
    pipeline = Pipeline(settings, engine)
    pipeline.digitize(paths[0])
    for path in paths:
        out, seconds = timed(pipeline, path)
        chosen = replace(settings, pages=frozenset(table_pages(out)))
        _, seconds_tables = timed(Pipeline(chosen, engine), path)
        yield FileRun(seconds, seconds_tables, {}, out)


def timed(pipeline: Pipeline, path: Path) -> tuple[dict[str, Any], list[float]]:
    """The file's output, and the seconds each of its pages took, the same for all."""
    done: list[int] = []
    start = time.perf_counter()
    out = pipeline.digitize(path, on_page=lambda place, _: done.append(place))
    share = (time.perf_counter() - start) / len(done)
    return out.model_dump(mode="json", by_alias=True), [share] * len(done)


def pages(path: Path) -> Iterator[Callable[[], Pixels]]:
    """A way to render each page, in colour, so that the rendering is timed with the reading."""
    with layout.open_source(path) as source:
        for number in range(1, source.pages + 1):
            yield partial(source.render, number, PEER_DPI)


def paddle(paths: list[Path], threads: int) -> Iterator[FileRun]:
    """PaddleOCR on whole pages: detection, then recognition of every line."""
    from paddleocr import PaddleOCR  # noqa: PLC0415 - costs seconds

    with tempfile.TemporaryDirectory() as folder:
        yield from _paddle(PaddleOCR(**full_page_options(Path(folder), threads)), paths)


def _paddle(reader: Any, paths: list[Path]) -> Iterator[FileRun]:
    for render in islice(pages(paths[0]), 1):
        reader.predict(colour(render()))
    for path in paths:
        run = FileRun()
        for number, render in enumerate(pages(path), 1):
            start = time.perf_counter()
            (result,) = reader.predict(colour(render()))
            run.seconds.append(time.perf_counter() - start)
            run.texts[number] = [
                (text, *(float(value) * 72 / PEER_DPI for value in box))
                for text, box in zip(result["rec_texts"], result["rec_boxes"], strict=True)
            ]
        yield run


def rapidocr(paths: list[Path], threads: int) -> Iterator[FileRun]:
    """RapidOCR on whole pages, with the weights it brings, which are Gouji's, too."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - a peer of the bench alone

    shares = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": threads for kind in TASK_KINDS}
    quiet = {"Global.log_level": "critical", "Global.use_cls": False}
    reader: Any = RapidOCR(params=shares | quiet)
    for render in islice(pages(paths[0]), 1):
        reader(colour(render()))
    for path in paths:
        run = FileRun()
        for number, render in enumerate(pages(path), 1):
            start = time.perf_counter()
            result = reader(colour(render()))
            run.seconds.append(time.perf_counter() - start)
            boxes = () if result.boxes is None else result.boxes * 72 / PEER_DPI
            run.texts[number] = [
                (text, *(float(v) for v in (*box.min(axis=0), *box.max(axis=0))))
                for text, box in zip(result.txts or (), boxes, strict=True)
            ]
        yield run


def img2table(paths: list[Path], threads: int) -> Iterator[FileRun]:
    """img2table's grids, filled by PaddleOCR on the whole page."""
    from img2table.document import Image  # noqa: PLC0415 - a peer of the bench alone
    from img2table.ocr import PaddleOCR  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        reader = PaddleOCR(lang="ch", kw=full_page_options(Path(folder), threads))
        yield from _img2table(lambda image: Image(image).extract_tables(ocr=reader), paths)


def _img2table(extract: Callable[[bytes], list[Any]], paths: list[Path]) -> Iterator[FileRun]:
    for path in paths:
        run = FileRun()
        for number, render in enumerate(pages(path), 1):
            start = time.perf_counter()
            tables = extract(png(colour(render())))
            run.seconds.append(time.perf_counter() - start)
            cells = {
                (cell.value or "", cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
                for table in tables
                for row in table.content.values()
                for cell in row
            }
            run.texts[number] = [
                (text, *(value * 72 / PEER_DPI for value in box)) for text, *box in sorted(cells)
            ]
        yield run


def pdfplumber(paths: list[Path], threads: int) -> Iterator[FileRun]:  # noqa: ARG001
    """pdfplumber's own `extract_tables`, digital pages only, opening the file included. It has one
    thread."""
    import pdfplumber as library  # noqa: PLC0415 - a peer of the bench alone

    for path in paths:
        start = time.perf_counter()
        with library.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
            count = len(pdf.pages)
        yield FileRun([(time.perf_counter() - start) / count] * count)


def full_page_options(folder: Path, threads: int) -> dict[str, Any]:
    """PaddleOCR's settings for whole pages: Gouji's models, no angle classifier, no network.

    Crops are padded to 320 pixels, as the stock description of its models says.
    """
    detection, recognition = bundled_detection(folder), bundled_recognition(folder, STOCK_WIDTH)
    return {
        "text_detection_model_name": detection.name,
        "text_detection_model_dir": str(detection.folder),
        "text_recognition_model_name": recognition.name,
        "text_recognition_model_dir": str(recognition.folder),
        "use_doc_orientation_classify": False,
        "use_doc_unwarping": False,
        "use_textline_orientation": False,
        "engine": "onnxruntime",
        "engine_config": {"intra_op_num_threads": threads, "log_severity_level": 3},
    }


def colour(pixels: Pixels) -> Pixels:
    """(H, W, 3) BGR of gray or BGR pixels."""
    import cv2  # noqa: PLC0415

    return pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)  # type: ignore[return-value]


def png(pixels: Pixels) -> bytes:
    """The picture as a PNG file."""
    import cv2  # noqa: PLC0415

    return cv2.imencode(".png", pixels)[1].tobytes()


TOOLS = {
    "gouji": gouji,
    "paddle": paddle,
    "rapidocr": rapidocr,
    "img2table": img2table,
    "pdfplumber": pdfplumber,
}


def main() -> None:
    """Run one tool over files, answer on standard output."""
    logging.disable(logging.WARNING)
    threads, tool, *files = sys.argv[1:]
    runs = [asdict(run) for run in TOOLS[tool]([Path(file) for file in files], int(threads))]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write("\n" + json.dumps({"files": runs, "peak_mib": peak}) + "\n")


if __name__ == "__main__":
    main()
