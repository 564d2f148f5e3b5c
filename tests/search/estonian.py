"""Reads the rules of themes/default/assets/stem-et.js and makes keys by them, as the program does."""

import functools
import pathlib
import re
import unicodedata

RULES = pathlib.Path(__file__).parents[2] / "themes/default/assets/stem-et.js"
VOWELS = "aeiou"
# The longest end that a learned rule may ask for; the beginning of the word counts.
DEPTH = 9


def fold(word):
    letters = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    return plain.replace("-", "").replace("sh", "s").replace("zh", "z")


def lines(text):
    return [line.split() for line in text.split("`")[1].strip().split("\n")]


class Edits:
    """Ends of words, each with how many letters go and what comes instead; the longest end decides."""

    def __init__(self, rows):
        self.by_end = {end: edit for edit, *ends in rows for end in ends}

    def apply(self, word):
        marked = "^" + word
        for start in range(max(0, len(marked) - DEPTH), len(marked)):
            edit = self.by_end.get(marked[start:])
            if edit is not None:
                cut, add = re.fullmatch(r"(\d+)(.*)", edit).groups()
                if 0 <= len(word) - int(cut) and len(word) - int(cut) + len(add) >= 2:
                    return word[: len(word) - int(cut)] + add
        return word


def fits(before, pattern):
    """Whether the end of `before` is one of the patterns."""
    def letter(sign, found):
        if sign in ".":
            return True
        if sign == "V":
            return found in VOWELS and found != ""
        if sign == "C":
            return found not in VOWELS or found == ""
        return sign == found

    for one in pattern.split(","):
        padded = [""] * len(one) + list(before)
        if all(letter(sign, found) for sign, found in zip(one, padded[len(padded) - len(one) :])):
            return True
    return False


class Estonian:
    def __init__(self, text=None):
        rows = lines(text if text is not None else RULES.read_text())
        rows, learned = rows[: rows.index(["="])], rows[rows.index(["="]) + 1 :]
        self.edits = Edits([row[1:] for row in rows if row[0] == "0"])
        self.passes = {
            name: sorted(
                ((ending, row[2], int(row[1])) for row in rows if row[0] == name for ending in row[3:]),
                key=lambda rule: -len(rule[0]),
            )
            for name in "123"
        }
        self.learned = Edits([row for row in learned if row[0][0].isdigit()])
        self.first = {word for row in learned if row[0] == "first" for word in row[1:]}
        self.heads = {self.stem(word) for row in learned if row[0] == "head" for word in row[1:]}

    def cut(self, word, name):
        for ending, pattern, rest in self.passes[name]:
            before = word[: len(word) - len(ending)]
            if word.endswith(ending) and len(before) >= rest and fits(before, pattern):
                return before
        return word

    @functools.lru_cache(maxsize=None)
    def bare(self, word):
        """What is left when endings are gone."""
        word = self.edits.apply(word)
        if len(word) < 3:
            return even(word)
        word = vowel(self.cut(self.cut(word, "1"), "2"))
        while (shorter := vowel(self.cut(word, "3"))) != word:
            word = shorter
        return even(word)

    def stem(self, word):
        return self.learned.apply(self.bare(word))

    def split(self, word):
        """The words within a compound; none where it is one word."""
        for at in range(3, len(word) - 2):
            first, head = word[:at], word[at:]
            if self.stem(head) in self.heads:
                if first in self.first or (first[-1] in "aeious" and self.stem(first) in self.heads):
                    return [first, head]
                within = self.split(first)
                if within and min(map(len, within)) > 3:
                    return [*within, head]
        return []


def vowel(word):
    """Without the last vowel, unless it is long or the word short."""
    return word[:-1] if len(word) >= 4 and word[-1] in VOWELS and word[-2] not in VOWELS else word


def even(word):
    """Without what gradation changes: kk k, rk rg, er r."""
    word = re.sub(r"([^aeiou])\1+", r"\1", word)
    strong = {"g": "k", "b": "p", "d": "t"}
    word = re.sub(r"(?:(?<=[aeiou]{2})|(?<=[lrnmhsv]))[gbd]", lambda letter: strong[letter[0]], word)
    return re.sub(r"([^aeiou])e([rl])$", r"\1\2", word)
