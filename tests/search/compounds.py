"""Writes compounds.tsv: words of the example portal, in the nominative, with what they are made of.

Wants EstNLTK 1.7.5 from PyPI.
"""

import hashlib
import pathlib
import re

from estnltk.vabamorf.morf import Vabamorf

HERE = pathlib.Path(__file__).parent
HEADER = """\
# Estonian words of content/ with the words that they are made of, parted by a space; 300 compounds and 300 simple
# words, chosen by a hash. Parted by compounds.py with Vabamorf in EstNLTK 1.7.5 (PyPI), (C) University of Tartu and
# authors, dual licence GPL-2.0-only OR Apache-2.0; used here under Apache-2.0.
"""

if __name__ == "__main__":
    files = [*HERE.glob("../../content/**/*.md")]
    texts = [path.read_text() for path in files if not path.name.endswith(".en.md")]
    words = sorted({word for text in texts for word in re.findall("[a-zõäöüšž]{5,}", text.lower())})
    found = {}
    for one in Vabamorf.instance().analyze(words, disambiguate=False, guess=False, propername=False):
        roots = {(part["lemma"], tuple(part["root_tokens"])) for part in one["analysis"]}
        if len(roots) == 1 and all(part["partofspeech"] in "SA" for part in one["analysis"]):
            ((lemma, parts),) = roots
            if len(parts) <= 2 and min(map(len, parts)) > 2:
                found[lemma] = parts
    order = sorted(found, key=lambda lemma: hashlib.sha256(lemma.encode()).digest())
    chosen = [lemma for size in (2, 1) for lemma in [one for one in order if len(found[one]) == size][:300]]
    rows = [f"{lemma}\t{' '.join(found[lemma])}" for lemma in sorted(chosen)]
    (HERE / "compounds.tsv").write_text(HEADER + "\n".join(rows) + "\n")
