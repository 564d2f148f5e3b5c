"""A content tree of guides, the same in every run of this program: words as unevenly frequent as those of a language."""

from pathlib import Path

ONSETS = "b d f g h k l m n p r s t v kr pl st tr".split()
VOWELS = "a e i o u aa ee ou ia".split()
CODAS = ["", "", "l", "n", "r", "s", "t", "nd", "rt"]
ENDINGS = ["", "s", "ing", "ed", "er", "ment"]
WORDS = 24_000
SECTIONS = 7
SENTENCES = 7


class Dice:
    """A linear congruential generator (the constants of Numerical Recipes): the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, most):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state * most >> 32

    def of(self, things):
        return things[self.below(len(things))]

    def share(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state / 2**32


def vocabulary():
    """Words of two or three syllables, each once, some with an ending."""
    dice, words = Dice(7), {}
    while len(words) < WORDS:
        syllables = [dice.of(ONSETS) + dice.of(VOWELS) + dice.of(CODAS) for _ in range(2 + dice.below(2))]
        words["".join(syllables) + dice.of(ENDINGS)] = None
    return list(words)


def word(dice, words):
    """The first word of the list about ten thousand times as often as the last one: Zipf's law."""
    return words[min(len(words) - 1, int(len(words) ** dice.share()) - 1)]


def sentence(dice, words):
    return " ".join(word(dice, words) for _ in range(9 + dice.below(8))).capitalize() + "."


def guide(number, words):
    dice = Dice(number + 1)
    name = lambda count: " ".join(word(dice, words) for _ in range(count)).capitalize()
    parts = [f"# {name(4)}\n\n{sentence(dice, words)} {sentence(dice, words)}\n"]
    for section in range(SECTIONS):
        text = " ".join(sentence(dice, words) for _ in range(SENTENCES))
        parts.append(f"## {name(3)}\n\n{text} See TST-{number * SECTIONS + section}.\n")
    return "\n".join(parts)


def write(root, guides):
    """Writes a tree of so many guides below `root`; gives its size in bytes."""
    content, words, size = Path(root) / "content", vocabulary(), 0
    files = {"portal.yaml": "title: Measurement\nlanguages: [en]\nas_of: 2026-10-16\n", "guides/index.md": "# Guides\n"}
    for number in range(guides):
        files[f"guides/s{number // 50:03}/g{number:05}.md"] = guide(number, words)
    for path, text in files.items():
        full = content / path
        full.parent.mkdir(parents=True, exist_ok=True)
        size += full.write_bytes(text.encode())
    return size
