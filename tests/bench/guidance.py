"""Content trees of guides and their twelve states, the same in every run of this program: no chance, no clock."""

import re
import shutil

from corpus import Dice

PER_FOLDER = 40
WORDS = """account approval batch benefit branch build case check cloning contract data date decision defect delivery
environment evidence factor feature guide handover household interface journal letter level limit link list log match
meeting message notice number office order owner parameter partner payment period permit person plan portal product
proof queue record refund register release report request result review right risk role rule run sample schedule
screen service sign stage step sum supplement system table team test ticket tool total trace unit update user value
version week window work""".split()
VERBS = "checks counts follows keeps names needs opens reads sends shows stops tells wants writes".split()

PORTAL = """\
title: Measurement
base_url: https://guides.example.ee/
languages: [en]
time_zone: Europe/Tallinn
as_of: 2026-10-16
teams: {sit: {title: SIT}}
checks: {guide_overdue: off, orphan_page: off, broken_link: off}
"""
VERSIONS = 'versions:\n  - {id: now, state: current}\n  - {id: "*", from: "git:guides-*", state: archived}\n'


class Guides:
    """The guides as they are, changed from one state to the next."""

    def __init__(self, count):
        self.dice = Dice(1)
        # By number: the path that a guide has now, and its text.
        self.paths = {number: f"guides/part-{number // PER_FOLDER:02}/guide-{number:04}.md" for number in range(count)}
        self.texts = {number: self.text(number, count) for number in range(count)}
        self.next = count

    def sentence(self):
        word = lambda words: words[self.dice.below(len(words))]  # noqa: E731
        parts = [word(WORDS), word(VERBS), "the", word(WORDS), word(WORDS), "of", "each", word(WORDS)]
        return " ".join(parts).capitalize() + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(4 + self.dice.below(4)))

    def text(self, number, count):
        near = number - number % PER_FOLDER
        other = min(near + self.dice.below(PER_FOLDER), count - 1)
        parts = [f"# {self.sentence()[:-1]} {number}"]
        for _ in range(4):
            parts += [f"## {self.sentence()[:-1]}", self.paragraph(), self.paragraph()]
        parts.append("\n".join(f"- {self.sentence()}" for _ in range(5)))
        if other in self.paths or other == number:
            parts.append(f"See [the guide](guide-{other:04}.md).")
        parts.append(f"```yaml\nrelease: {number}\nresult: {WORDS[number % len(WORDS)]}\n```")
        return "---\nowner: sit\nreviewed: 2026-09-01\n---\n" + "\n\n".join(parts) + "\n"

    def change(self, state):
        """Two guides of a hundred are rewritten in part, one of a hundred each moves, goes and comes."""
        numbers = sorted(self.texts)
        some = max(1, len(numbers) // 100)
        pick = lambda: numbers[self.dice.below(len(numbers))]  # noqa: E731
        for number in {pick() for _ in range(2 * some)}:
            self.texts[number] += f"\nA sentence that came with state {state}: {self.sentence()}\n"
        for number in {pick() for _ in range(some)}:
            self.paths[number] = f"guides/moved-{state:02}/guide-{number:04}.md"
        for number in {pick() for _ in range(some)}:
            del self.texts[number], self.paths[number]
        for _ in range(some):
            number, self.next = self.next, self.next + 1
            self.paths[number] = f"guides/new-{state:02}/guide-{number:04}.md"
            self.texts[number] = self.text(number, number)

    def begin(self, content):
        """Makes what is in the tree besides guides."""
        (content / "guides").mkdir(parents=True)
        (content / "index.md").write_text("# Guides\n\nFor measuring.\n")
        self.portal = PORTAL

    def write(self, content):
        """Makes the guides below `content` those of this state."""
        wanted = {self.paths[number]: text for number, text in self.texts.items()}
        for path in sorted((content / "guides").rglob("*.md")):
            if path.relative_to(content).as_posix() not in wanted:
                path.unlink()
        for path, text in wanted.items():
            put(content / path, text)


class Portal:
    """A whole portal that is there already, with guides and records; its guides change from one state to the next."""

    def __init__(self, folder):
        self.folder = folder
        self.dice = Guides(0)
        self.state = 1

    def begin(self, content):
        shutil.copytree(self.folder, content)
        # The block of older versions goes: the states take their place.
        self.portal = re.sub(r"(?m)^versions:\n(?:[ -].*\n)+", "", (content / "portal.yaml").read_text())

    def change(self, state):
        self.state = state

    def write(self, content):
        """In each state three guides are rewritten in part, one comes, the one of the state before moves, and the one
        of the state before that goes."""
        state = self.state
        if state == 1:
            return
        guides = sorted(path for path in (content / "guides").rglob("*.md") if "measured" not in path.parts)
        for number in range(3):
            guide = guides[(3 * state + number) % len(guides)]
            guide.write_text(f"{guide.read_text()}\n{self.dice.sentence()}\n")
        measured = content / "guides/measured"
        put(measured / f"guide-{state:02}.md", self.dice.text(state, 0))
        came, moved = measured / f"guide-{state - 1:02}.md", measured / f"moved-{state - 1:02}.md"
        if came.exists():
            came.rename(moved)
        gone = measured / f"moved-{state - 2:02}.md"
        gone.unlink(missing_ok=True)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
