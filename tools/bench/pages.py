"""Makes many HTML pages from the samples, each a little different: pages.py SAMPLES OUT COUNT."""

import html
import json
import pathlib
import re
import sys


def page(title, paragraphs):
    """A plain page with some clutter around the story."""
    story = "\n".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><main><article><h1>{html.escape(title)}</h1>
{story}
</article></main><aside><h3>Most read</h3><ul><li><a href="/1">The best soups of the season</a></li></ul></aside>
<footer>All rights reserved.</footer></body></html>"""


def originals(folder):
    """The samples as pages: HTML as it is, text and JSON put into a page."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".html" and "german" not in path.name:
            found.append(path.read_text(encoding="utf-8"))
        elif path.suffix == ".txt":
            lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n\n") if line.strip()]
            found.append(page(lines[0], [" ".join(line.split()) for line in lines[1:]]))
        elif path.suffix in (".json", ".jsonl"):
            text = path.read_text(encoding="utf-8")
            rows = [json.loads(text)] if path.suffix == ".json" else [json.loads(line) for line in text.splitlines() if line]
            found.extend(page(row["title"], row["text"].split("\n\n")) for row in rows)
    return found


def main():
    samples, out, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    pages = originals(samples)
    for number in range(count):
        text = pages[number % len(pages)]
        # No two pages are the same text: neither side can answer from what it has seen.
        note = f"<p>This is edition {number} of the report, sent from desk {number % 97} on day {number // 7}.</p>"
        # The note stands behind the longest paragraph, which is inside the story and not in a banner.
        end = max(re.finditer(r"<p[ >].*?</p>", text, re.DOTALL), key=lambda p: len(p.group())).end()
        (out / f"page-{number:05}.html").write_text(text[:end] + note + text[end:], encoding="utf-8")
    print(f"{count} pages of {len(pages)} samples in {out}")


main()
