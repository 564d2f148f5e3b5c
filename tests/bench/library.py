"""A library of guides, the same in every run of this program, for every program that takes part in the race."""

from pathlib import Path

from corpus import Dice
from guidance import VERBS, WORDS

PER_SECTION = 50
# Names are like those of people's guides: one in so many is new.
ENDINGS = ["", "s", "ing", "ed", "er", "able", "less", "ment"]
CODE = {
    "bash": [
        'export {upper}_URL="https://{a}.example.ee/{b}"',
        "curl --fail --silent \"${upper}_URL\" | jq '.{b}' > out/{a}-{n}.json",
        "for file in out/*.json; do",
        "  grep -q '{b}' \"$file\" || echo \"${{file}} has no {b}\"  # {c}",
        "done",
    ],
    "json": ['{{', '  "{a}": {{"{b}": {n}, "{c}": [true, null, "{a} of {b}"]}},', '  "{b}": "{c} {n}"', '}}'],
    "python": [
        "@pytest.fixture",
        "def {a}_{b}(client, {c}):",
        "    # The {a} comes before the {b}.",
        '    answer = client.get("/{a}", params={{"{b}": {n}}})',
        "    assert answer.status_code == 200 and {c} is not None",
    ],
    "rust": [
        "#[test]",
        "fn {a}_has_{b}() {{",
        '    let {c}: Vec<u32> = load("{a}").iter().map(|{b}| {b}.len() as u32).collect();',
        '    assert!({c}.len() > {n}, "{a} without {b}"); // {c}',
        "}}",
    ],
    "yaml": ["{a}:", "  {b}: {n}  # {c}", '  note: "{a}, then {b}"', "  is_{c}: true", "  steps: [{a}, {b}, {c}]"],
}


class Library:
    """Guides by number: each is the same whoever asks, and however many there are besides."""

    def __init__(self, count):
        self.count = count

    def title(self, number):
        return f"{self._phrase(Dice(7919 * number + 1), 3).capitalize()} {number}"

    @staticmethod
    def section(number):
        return f"section-{number // PER_SECTION:04}"

    def path(self, number):
        return f"{self.section(number)}/guide-{number:05}.md"

    def word(self, dice):
        # Some words stand in nearly every sentence, most in few.
        rank = min(dice.below(len(WORDS)), dice.below(len(WORDS)), dice.below(len(WORDS)))
        common = dice.below(4) < 3
        return WORDS[rank] + ("" if common else ENDINGS[dice.below(len(ENDINGS))] + WORDS[dice.below(len(WORDS))])

    def _phrase(self, dice, words):
        return " ".join(self.word(dice) for _ in range(words))

    def sentence(self, dice):
        parts = ["the", self.word(dice), self.word(dice), VERBS[dice.below(len(VERBS))], "every", self.word(dice),
                 "before", "its", self._phrase(dice, 2)]
        mark = dice.below(8)
        if mark == 0:
            parts.append(f"with `{self.word(dice)}_{self.word(dice)}`")
        elif mark == 1:
            parts.append(f"in **{self._phrase(dice, 2)}**")
        return " ".join(parts).capitalize() + "."

    def paragraph(self, dice):
        return " ".join(self.sentence(dice) for _ in range(3 + dice.below(3)))

    def table(self, dice):
        rows = [f"| {' | '.join(self.word(dice) for _ in range(3))} | {dice.below(900)} |" for _ in range(5)]
        return "\n".join(["| Name | Part | State | Count |", "| --- | --- | --- | --: |", *rows])

    def code(self, dice, language):
        lines = []
        for _ in range(2):
            a, b, c = (WORDS[dice.below(len(WORDS))] for _ in range(3))
            lines += [line.format(a=a, b=b, c=c, upper=a.upper(), n=dice.below(90)) for line in CODE[language]]
        return "\n".join([f"```{language}", *lines, "```"])

    def link(self, dice, number, is_near):
        first = number - number % PER_SECTION
        to = first + dice.below(min(PER_SECTION, self.count - first)) if is_near else dice.below(self.count)
        return f"[{self.word(dice)}](../{self.path(to)})"

    def text(self, number):
        """The guide in Markdown, without its title."""
        dice = Dice(number + 1)
        languages = sorted(CODE)
        parts = [self.paragraph(dice)]
        for part in range(6):
            parts += [f"## {self._phrase(dice, 3).capitalize()}",
                      f"{self.paragraph(dice)} See {self.link(dice, number, part < 4)}."]
            if part in (0, 3):
                parts.append("\n".join(f"{'-' if part else '1.'} {self.sentence(dice)}" for _ in range(4)))
            if part in (1, 4):
                parts.append(self.table(dice))
            if part in (0, 2, 4):
                parts.append(self.code(dice, languages[(number + part) % len(languages)]))
            if part in (2, 5):
                parts += [f"### {self._phrase(dice, 2).capitalize()}", self.paragraph(dice)]
            if part == 3:
                parts.append(f"> {self.sentence(dice)}")
        return "\n\n".join(parts) + "\n"

    def front(self, number, order):
        title = self.title(number)
        return f'---\ntitle: "{title}"\ndescription: "How the team works with {title}"\n{order}: {number % PER_SECTION + 1}\n---\n\n'

    def write_for_juhend(self, root):
        content = Path(root) / "content"
        put(content / "portal.yaml", "title: Race\nlanguages: [en]\ntime_zone: Europe/Tallinn\nas_of: 2026-10-16\n")
        put(content / "guides/index.md", '---\ntitle: "Guides"\n---\n\nPick a section.\n')
        self._write(content / "guides", "index.md", "order")

    def write_for_hugo(self, content):
        self._write_with_home(content, "_index.md", "weight")

    def write_for_eleventy(self, content):
        self._write_with_home(content, "index.md", "weight")

    def write_for_mkdocs(self, docs):
        self._write_with_home(docs, "index.md", "weight")

    def write_for_mdbook(self, src):
        """mdBook knows no front matter; its contents are a list of all guides."""
        contents = ["# Summary", "", "[Guides](index.md)", ""]
        put(src / "index.md", "# Guides\n\nPick a section.\n")
        for number in range(self.count):
            if number % PER_SECTION == 0:
                section = self.section(number)
                contents.append(f"- [Section {number // PER_SECTION}]({section}/index.md)")
                put(src / section / "index.md", f"# Section {number // PER_SECTION}\n")
            contents.append(f"  - [{self.title(number)}]({self.path(number)})")
            put(src / self.path(number), f"# {self.title(number)}\n\n{self.text(number)}")
        put(src / "SUMMARY.md", "\n".join(contents) + "\n")

    def _write_with_home(self, content, index, order):
        put(content / index, '---\ntitle: "Guides"\n---\n\nPick a section.\n')
        self._write(content, index, order)

    def _write(self, folder, index, order):
        for number in range(self.count):
            put(folder / self.path(number), self.front(number, order) + self.text(number))
        for first in range(0, self.count, PER_SECTION):
            section = first // PER_SECTION
            put(folder / self.section(first) / index, f'---\ntitle: "Section {section}"\n{order}: {section + 1}\n---\n')


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
