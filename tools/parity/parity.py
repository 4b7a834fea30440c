"""Compares `lang` with spaCy, token by token.

    /work/py/bin/python tools/parity/parity.py MODEL [--annotate PATH] [--odd N] [--french N] [--show N] FILES...

MODEL is a wheel or an unpacked folder; spaCy loads what is in it. FILES are .json documents with a "text",
.txt files, or folders of them. `--odd` adds that many generated texts of odd characters, `--french` the French
paragraphs and that many generated French texts.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zipfile

import spacy

from french import french_texts

FIELDS = ["tag", "pos", "morph", "lemma", "head", "dep", "sent_start", "entity"]
ANNOTATE = pathlib.Path(__file__).resolve().parents[2] / "target/release/examples/annotate"


def unpacked(model, scratch):
    """The folder with config.cfg and tokenizer in a wheel or folder."""
    if model.is_file():
        with zipfile.ZipFile(model) as archive:
            archive.extractall(scratch)
        model = pathlib.Path(scratch)
    found = sorted(p.parent for p in model.rglob("config.cfg") if (p.parent / "tokenizer").exists())
    return found[0]


def texts_in(paths):
    """The texts of all files, long ones also cut into paragraphs as `waybill` does."""
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".json":
                record = json.loads(file.read_text())
                if isinstance(record, dict) and isinstance(record.get("text"), str):
                    yield record["text"]
            elif file.suffix == ".txt":
                yield file.read_text()


def odd_texts(count):
    """Texts of odd characters, the same at every call."""
    rng = random.Random(7)
    words = "the said don't U.S. e.g. $5m 10km a.m. (see) http://a.bc/d?e=f me@x.org can't've co-op ’tis".split()
    words += "gonna wanna i'm she'll o'clock 1,000.50 F-16s Su-35 'em y'all -- ... … “hey” l'eau aujourd'hui".split()
    odd = "\t\n\r\x0b\x1c\x85\xa0\u2028\u3000\u200b\u200d\ufeff\u0301\u202e\x00\x07😀👩‍👩‍👧🇺🇦٠١²½Ⅷßſİıǅﬁ中文שלוםمرحباहिन्दी"
    ascii_marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    for i in range(count):
        parts = []
        for _ in range(rng.randint(1, 40)):
            kind = rng.random()
            if kind < 0.4:
                parts.append(rng.choice(words))
            elif kind < 0.55:
                parts.append("".join(rng.choice(odd) for _ in range(rng.randint(1, 5))))
            elif kind < 0.75:
                parts.append(rng.choice(words) + rng.choice(ascii_marks) + rng.choice(words))
            elif kind < 0.9:
                parts.append("".join(rng.choice(ascii_marks + "aB1") for _ in range(rng.randint(1, 8))))
            else:
                parts.append(chr(rng.choice([rng.randint(0x20, 0x2FFF), rng.randint(0x1F000, 0x1FAFF)])))
            parts.append(rng.choice([" ", " ", " ", " ", "", "  ", "\n"]))
        yield "".join(parts)
    yield ""
    yield " "
    yield "x" * 3000
    yield "." * 2000
    yield "(" * 300 + "a" + ")" * 300


def reference(doc):
    """What spaCy says of a text, with offsets in bytes."""
    text = doc.text
    bytes_before = [0]
    for char in text:
        bytes_before.append(bytes_before[-1] + len(char.encode("utf-8", "surrogatepass")))
    tokens = [
        [bytes_before[t.idx], bytes_before[t.idx + len(t.text)], t.tag_, t.pos_, str(t.morph), t.lemma_,
         t.head.i, t.dep_, bool(t.is_sent_start)]
        for t in doc
    ]
    return {"tokens": tokens, "entities": [[e.start, e.end, e.label_] for e in doc.ents]}


def by_span(record):
    """Every token's annotations, by its offsets."""
    tokens = record["tokens"]
    entity = ["O"] * len(tokens)
    for start, end, label in record["entities"]:
        for i in range(start, end):
            entity[i] = ("B-" if i == start else "I-") + label
    result = {}
    for i, (start, end, tag, pos, morph, lemma, head, dep, sent_start) in enumerate(tokens):
        at = tokens[head]
        result[start, end] = [tag, pos, morph, lemma, (at[0], at[1]), dep, sent_start, entity[i]]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="*")
    parser.add_argument("--annotate", type=pathlib.Path, default=ANNOTATE)
    parser.add_argument("--odd", type=int, default=0)
    parser.add_argument("--french", type=int, default=0)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--show", type=int, default=10)
    args = parser.parse_intermixed_args()
    texts = list(texts_in(args.files))[: args.limit] + (list(odd_texts(args.odd)) if args.odd else [])
    texts += list(french_texts(args.french)) if args.french else []
    with tempfile.TemporaryDirectory() as scratch:
        nlp = spacy.load(unpacked(args.model, scratch))
    nlp.max_length = 10**8
    lines = "".join(json.dumps(t) + "\n" for t in texts)
    began = time.time()
    run = subprocess.run([args.annotate, args.model], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    ours = [json.loads(line) for line in run.stdout.splitlines()]
    middle = time.time()
    agree = collections.Counter()
    total = boundaries = 0
    shown = collections.Counter()
    for text, doc, our in zip(texts, nlp.pipe(texts, batch_size=32), ours, strict=True):
        theirs, our = by_span(reference(doc)), by_span(our)
        total += len(theirs)
        common = theirs.keys() & our.keys()
        boundaries += len(common)
        raw = text.encode()
        if theirs.keys() != our.keys() and shown["boundaries"] < args.show:
            shown["boundaries"] += 1
            difference = sorted(theirs.keys() ^ our.keys())
            for start, end in difference[:6]:
                who = "spaCy" if (start, end) in theirs else "lang "
                print(f"boundaries {who} {raw[start:end].decode()!r} in {raw[max(0, start - 30):end + 30].decode(errors='replace')!r}")
        for key in sorted(common):
            for field, a, b in zip(FIELDS, theirs[key], our[key]):
                if a == b:
                    agree[field] += 1
                elif shown[field] < args.show:
                    shown[field] += 1
                    start, end = key
                    around = raw[max(0, start - 40): end + 40].decode(errors="replace")
                    print(f"{field} of {raw[start:end].decode()!r}: spaCy {a!r}, lang {b!r}, in {around!r}")
    print(f"{len(texts)} texts, {total} tokens; lang {middle - began:.1f} s with loading, spaCy {time.time() - middle:.1f} s")
    print(f"{'boundaries':12} {boundaries / total:9.4%}  {total - boundaries} differ")
    for field in FIELDS:
        print(f"{field:12} {agree[field] / total:9.4%}  {total - agree[field]} differ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
