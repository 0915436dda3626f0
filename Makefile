# make demo · make test · make check — see README.md. Everything lives in .venv/.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-deps --require-hashes
LOCKED := requirements/pinned.txt requirements/opencv.txt

.PHONY: demo test test-slow fuzz check bench bench-accuracy bench-calibration bench-speed reader samples lock clean

demo: .venv/.installed
	$(BIN)/gouji digitize samples/*.pdf samples/*.tif -o out/demo

test: .venv/.installed
	$(BIN)/python -m pytest -n 2 -m "not slow"

# Damages 2,000 files at random; fails where one takes its reader along, or goes astray.
fuzz: .venv/.installed
	$(BIN)/python -m tests.fuzzing

test-slow: .venv/.installed
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n 2

check: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench-accuracy: .venv/.installed
	$(BIN)/python -m benchmarks.accuracy

# The scales themselves: python -m benchmarks.calibration.fit
bench-calibration: bench-accuracy
	$(BIN)/python -m benchmarks.calibration

bench-speed: .venv/.bench
	$(BIN)/python -m benchmarks.speed

bench: .venv/.bench
	$(BIN)/python -m benchmarks

# Hours; needs Debian's chromium and the typefaces of benchmarks/forge and training/typefaces.py.
reader: .venv/.training
	$(BIN)/python -m training -o out/cells
	$(BIN)/python -m training.fit out/cells -o out/reader
	$(BIN)/python -m training.lines -o out/lines
	$(BIN)/python -m training.fit_labels out/lines -o out/reader
	cp out/reader/cells.onnx out/reader/labels.onnx out/reader/labels.txt ocr/weights/
	$(BIN)/python -m training.score --clean out/clean -o out/reader-scores.md
	$(BIN)/python -m training.score_labels --clean out/clean -o out/label-scores.md

samples: .venv/.installed
	$(BIN)/python -m samples.make

.venv/.installed: $(LOCKED) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gouji needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	@echo "Installing the pinned set of packages (a minute or two, once) ..."
	$(INSTALL) -r requirements/pinned.txt
	@# The headless OpenCV over the same version of the other: no libGL needed, and paddlex still
	@# finds the distribution it asks for.
	$(INSTALL) --force-reinstall -r requirements/opencv.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/.bench: .venv/.installed requirements/benchmark.txt
	$(INSTALL) -r requirements/benchmark.txt
	@touch $@

.venv/.training: .venv/.installed pyproject.toml
	$(PIP) install --quiet -e .[training]
	@touch $@

# Needs uv. Writes names, versions and hashes, no addresses.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-annotate --no-header --no-emit-package opencv-python-headless --no-emit-package opencv-python \
  --no-emit-package opencv-contrib-python-headless
lock:
	$(LOCK) requirements/gouji.in requirements/develop.in -o requirements/pinned.txt
	$(LOCK) requirements/benchmark.in -c requirements/pinned.txt -o requirements/benchmark.txt
	uv pip compile --quiet --generate-hashes --no-deps --no-emit-index-url --no-header --no-annotate \
	  requirements/opencv.in -o requirements/opencv.txt

clean:
	rm -rf .venv out
