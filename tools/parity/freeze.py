"""Writes what spaCy makes of sentences, as JSON lines: the sample that the tests of `lang` hold it to.

    /work/py/bin/python tools/parity/freeze.py MODEL < sentences.txt > crates/lang/tests/frozen.jsonl
"""

import json
import pathlib
import sys
import tempfile

import spacy

from parity import reference, unpacked

with tempfile.TemporaryDirectory() as scratch:
    nlp = spacy.load(unpacked(pathlib.Path(sys.argv[1]), scratch))
for line in sys.stdin:
    text = json.loads(line)
    print(json.dumps({"text": text, **reference(nlp(text))}, ensure_ascii=False, separators=(",", ":")))
