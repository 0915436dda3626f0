"""Rules that the printer drew faint, dashed or not at all in places."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.forge.damage.scanned import Light, Pixels
from benchmarks.forge.damage.sheet import Rule, Sheet, rules_of

HALF = 1.0
"""Half the strip that is a rule's, in points: its own width and the edge's softness, no more."""
STEP = 0.5
"""Length in points of the pieces that a rule is thinned out by."""
SOUND = 0.25
"""Share of the rules that came out whole."""


def broken_rules(sheet: Sheet, chance: np.random.Generator) -> Pixels:
    """Every rule keeps a share of its ink that changes along it: faint, dashed, with gaps.

    Where rules cross, the sounder one stays.
    """
    ruled = np.zeros(sheet.pixels.shape[:2], np.bool_)
    kept = np.zeros(sheet.pixels.shape[:2], np.float32)
    faint = chance.uniform(0.25, 0.8)
    for rule in rules_of(sheet.page):
        strip = _rows(rule, sheet.scale), _columns(rule, sheet.scale)
        height, width = kept[strip].shape
        if not height * width:
            continue
        length = max(rule.x1 - rule.x0, rule.y1 - rule.y0)
        pieces = np.ones(2, np.float32)
        if chance.random() >= SOUND:
            pieces = kept_ink(length, faint, chance)
        along = (1, height) if height > width else (width, 1)
        share = cv2.resize(pieces[:, None] if height > width else pieces[None], along)
        kept[strip] = np.maximum(kept[strip], share)
        ruled[strip] = True
    pixels = sheet.pixels.copy()
    ink = (255 - pixels[ruled]).T * kept[ruled]
    pixels[ruled] = np.round(255 - ink.T).astype(np.uint8)
    return pixels


def kept_ink(length: float, faint: float, chance: np.random.Generator) -> Light:
    """The share of its ink that each piece of a rule of `length` points keeps."""
    kept = np.full(max(2, int(length / STEP)), 1.0, np.float32)
    kept *= min(1.0, faint * chance.uniform(0.7, 1.4))
    if chance.random() < 0.3:
        period, drawn = chance.uniform(2, 9), chance.uniform(0.4, 0.75)
        phase = (np.arange(len(kept)) * STEP / period + chance.random()) % 1
        kept *= phase < drawn
    for _ in range(chance.poisson(length / 150)):
        start = int(chance.uniform(0, len(kept)))
        kept[start : start + int(chance.exponential(18) / STEP) + 1] *= chance.choice([0.0, 0.15])
    return kept


def _rows(rule: Rule, scale: float) -> slice:
    return slice(max(0, round((rule.y0 - HALF) * scale)), round((rule.y1 + HALF) * scale))


def _columns(rule: Rule, scale: float) -> slice:
    return slice(max(0, round((rule.x0 - HALF) * scale)), round((rule.x1 + HALF) * scale))
