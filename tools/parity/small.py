"""Makes small trained spaCy models with the parts that no model on PyPI has, for parity.py.

    /work/py/bin/python tools/parity/small.py FOLDER

One folder a model: `characters` (CharacterEmbed with static vectors, senter before a parser of 13 state
tokens, recogniser of 6, all listening), `own` (senter, morphologizer, parser and recogniser with embeddings of
their own, no upper layers, two pieces, windows of five) and `sentences` (only a senter and a recogniser).
They learn from the frozen sample, long enough that scores are not all alike, not to be of any use.
"""

import json
import pathlib
import random
import sys

import numpy
import spacy
from spacy.tokens import Doc
from spacy.training import Example

ROOT = pathlib.Path(__file__).resolve().parents[2]
FROZEN = ROOT / "crates/lang/tests/frozen.jsonl"
ROUNDS = 25


def listener(width):
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}


def encoder(width, depth, window, pieces):
    return {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": depth, "window_size": window,
            "maxout_pieces": pieces}


def characters(width, vectors):
    embed = {"@architectures": "spacy.CharacterEmbed.v2", "width": width, "rows": 300, "nM": 7, "nC": 6,
             "include_static_vectors": vectors, "feature": "LOWER"}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encoder(width, 3, 1, 3)}


def hashed(width):
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": width, "attrs": ["ORTH", "LOWER", "SUFFIX", "SPACY"],
             "rows": [400, 300, 200, 20], "include_static_vectors": False}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encoder(width, 2, 2, 2)}


def tagger(tok2vec):
    return {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": tok2vec}


def moves(kind, tok2vec, extra, upper):
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": extra,
            "hidden_width": 20, "maxout_pieces": 2 if upper else 3, "use_upper": upper, "tok2vec": tok2vec}


def build_characters():
    nlp = spacy.blank("en")
    rng = numpy.random.default_rng(5)
    for word in sorted({w.text for e in examples(nlp) for w in e.reference}):
        nlp.vocab.set_vector(word, rng.normal(size=10).astype("f4"))
    nlp.add_pipe("tok2vec", config={"model": characters(36, True)})
    nlp.add_pipe("tagger", config={"model": tagger(listener(36))})
    nlp.add_pipe("senter", config={"model": tagger(listener(36))})
    nlp.add_pipe("parser", config={"model": moves("parser", listener(36), True, True)})
    nlp.add_pipe("ner", config={"model": moves("ner", listener(36), True, True)})
    return nlp


def build_own():
    nlp = spacy.blank("en")
    nlp.add_pipe("senter")
    nlp.add_pipe("morphologizer", config={"model": tagger(hashed(24))})
    nlp.add_pipe("parser", config={"model": moves("parser", hashed(28), False, False)})
    nlp.add_pipe("ner", config={"model": moves("ner", characters(20, False), False, False)})
    return nlp


def build_sentences():
    nlp = spacy.blank("en")
    nlp.add_pipe("senter", config={"model": tagger(characters(16, False))})
    nlp.add_pipe("ner")
    return nlp


def examples(nlp):
    """The frozen sample as spaCy's training examples."""
    found = []
    for line in FROZEN.read_text().splitlines():
        record = json.loads(line)
        raw, tokens = record["text"].encode(), record["tokens"]
        if not tokens or any(raw[a:b].isspace() for a, b, *_ in tokens):
            continue
        words = [raw[t[0]:t[1]].decode() for t in tokens]
        spaces = [raw[t[1]:t[1] + 1] == b" " for t in tokens]
        ents = ["O"] * len(tokens)
        for start, end, label in record["entities"]:
            ents[start:end] = ["B-" + label] + ["I-" + label] * (end - start - 1)
        gold = Doc(nlp.vocab, words=words, spaces=spaces, tags=[t[2] for t in tokens], pos=[t[3] for t in tokens],
                   morphs=[t[4] for t in tokens], heads=[t[6] for t in tokens], deps=[t[7] for t in tokens], ents=ents)
        found.append(Example(nlp.make_doc(gold.text), gold))
    return found


def train(nlp):
    sample = examples(nlp)
    optimizer = nlp.initialize(lambda: sample)
    for _ in range(ROUNDS):
        random.shuffle(sample)
        for i in range(0, len(sample), 8):
            nlp.update(sample[i:i + 8], sgd=optimizer)
    return nlp


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, build in [("characters", build_characters), ("own", build_own), ("sentences", build_sentences)]:
        spacy.util.fix_random_seed(3)
        folder.mkdir(parents=True, exist_ok=True)
        train(build()).to_disk(folder / name)
        print(f"wrote {folder / name}")


if __name__ == "__main__":
    main()
