"""Writes forms.tsv: the forms of the words in lemmas.txt.

Wants EstNLTK 1.7.5 from PyPI (`pip install estnltk==1.7.5`).
"""

import hashlib
import pathlib

from estnltk.vabamorf.morf import Vabamorf, synthesize

HERE = pathlib.Path(__file__).parent
CASES = "n g p ill in el all ad abl tr ter es ab kom".split()
NOUN = ["adt"] + [f"{number} {case}" for number in ("sg", "pl") for case in CASES]
VERB = (
    "ma mas mast mata maks da des n d b me te vad sin sid s sime site ks ksid nud tud takse ti ta taks tagu gu o ge"
).split()
# Of one syllable and a half, so that they look like an infinitive.
NOUNS_IN_MA = {"ema"}
HEADER = """\
# Estonian words with their forms, for measuring search: half, word, forms; parted by tabs.
# Forms: made by forms.py with Vabamorf in EstNLTK 1.7.5 (PyPI), (C) University of Tartu and authors,
# dual licence GPL-2.0-only OR Apache-2.0; used here under Apache-2.0.
# Words: lemmas.txt. No word of the half `held` took part in making the method, nor did a compound whose
# last word is one of them. Words with the same last word stand in the same half.
"""


def head(lemma):
    """The last word within `lemma`: `lugu` of `testilugu`."""
    roots = [a["root_tokens"] for a in Vabamorf.instance().analyze([lemma], disambiguate=False)[0]["analysis"]]
    return min(roots, key=len)[-1] if roots else lemma


def half(lemma):
    return "held" if hashlib.sha256(head(lemma).encode()).digest()[0] % 2 else "seen"


def forms(lemma, hint=""):
    """All forms of `lemma`, itself first; without doubles."""
    verb = lemma.endswith("ma") and lemma not in NOUNS_IN_MA
    part = "V" if verb else hint if hint.isupper() else "S" if hint else ""
    made = [
        form.replace("=", "")
        for key in (VERB if verb else NOUN)
        for form in synthesize(lemma, key, part, hint="" if hint.isupper() else hint)
    ]
    return list(dict.fromkeys([lemma, *made]))


if __name__ == "__main__":
    words = " ".join(line for line in (HERE / "lemmas.txt").read_text().splitlines() if line[:1] != "#").split()
    lines = []
    for word in dict.fromkeys(words):
        lemma, _, hint = word.partition("=")
        lines.append("\t".join([half(lemma), lemma, *forms(lemma, hint)]))
    (HERE / "forms.tsv").write_text(HEADER + "\n".join(lines) + "\n")
