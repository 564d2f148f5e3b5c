"""Learns the rules after "=" in themes/default/assets/stem-et.js, and the words of compounds.

    learn.py --dictionary et_EE.dic --texts FOLDER            writes them into stem-et.js
    learn.py … --without-held --into OTHER.js                 the same without the words of the half `held`

Wants EstNLTK 1.7.5 from PyPI (Apache-2.0 or GPL-2.0; the forms of words), the word list of the Debian package
myspell-et (EKI and Jaak Pruulmann; free and LGPL-2.1; which words there are) and Estonian texts, which tell only
how often a word is used: the pages of the Debian package libreoffice-help-et (MPL-2.0) and content/ here.

A word's forms are brought to what is left of them by the written rules. Where that is more than one stem,
they are joined to one class, the most used words first, unless the class already is another used word's.
Then the fewest ends of stems are sought that lead each stem to its class (a decision list with a price for
each rule), so that words that were never seen are led as those with the same end.
"""

import argparse
import collections
import html
import math
import os
import pathlib
import re
import zlib

from estnltk.vabamorf.morf import Vabamorf, synthesize

import forms as measured
from estonian import DEPTH, RULES, Estonian, fold, lines

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
PRICE = 3
RARE = 3
USED = 60
COMPOUND = "testi"
# Their forms are few, and nobody searches for them.
CLOSED = set(
    "mina sina tema meie teie nemad see too need kes mis kumb ise oma ma sa ta me te na kaks kolm neli viis kuus "
    "küll veel siis kui aga vaid muu".split()
)
# What a dictionary of forms makes compounds of, though nobody does.
NO_HEADS = set("iga maks mast aste leid sus nud tud nagi nagu na tamm diagramm gramm element kond".split())
# Their forms look like endings that make words of words: -kond.
LIKE_ENDINGS = {"konto"}
# What compounds of testing end with.
FIELD = (
    "test lugu jooks plaan raport komplekt viga lase keskkond leht rida väli kiri teenus nõue kood aeg päev jaam "
    "kord koht töö sõna nimi number luba kaart raamat"
).split()
PARTICIPLE = re.compile(r"..(nud|tud|dud|nu|tu|du)$")


def analyses(words):
    words = sorted(words)
    for start in range(0, len(words), 5000):
        found = Vabamorf.instance().analyze(
            words[start : start + 5000], disambiguate=False, guess=False, propername=False
        )
        for one in found:
            yield one["text"], one["analysis"]


def count_words(texts):
    return collections.Counter(word for text in texts for word in re.findall("[a-zõäöüšž]{2,}", text.lower()))


def pages(folder):
    """The lines of HTML files, each once."""
    seen = set()
    for path in sorted(pathlib.Path(folder).rglob("*.html")):
        text = re.sub(r"<(script|style).*?</\1>", "", path.read_text(errors="ignore"), flags=re.S)
        seen |= {line.strip() for line in html.unescape(re.sub("<[^>]+>", "\n", text)).split("\n") if len(line) > 20}
    return sorted(seen)


def own_texts():
    for path in sorted([*ROOT.glob("content/**/*.md"), *ROOT.glob("content/**/*.yaml")]):
        if not path.name.endswith(".en.md"):
            yield path.read_text()


class Usage:
    """How often words are used, alone and in compounds."""

    def __init__(self, texts):
        general, own = count_words(pages(texts)), count_words(own_texts())
        self.words, self.first, self.head, self.split = (collections.Counter() for _ in range(4))
        for text, found in analyses(set(general) | set(own)):
            times = general[text] + 8 * own[text]
            for lemma in {one["lemma"] for one in found}:
                self.words[fold(lemma)] += times
            for last in {one["root_tokens"][-1] for one in found if one["partofspeech"] != "V"}:
                self.words[fold(last)] += times
            roots = {tuple(one["root_tokens"]) for one in found if one["partofspeech"] in "SA"}
            if len(found) and len(roots) == 1 and all(one["partofspeech"] in "SA" for one in found):
                (parts,) = roots
                if len(parts) == 2 and min(map(len, parts)) > 2:
                    self.split[text] = parts
        for first, head in set(self.split.values()):
            self.first[first] += 1
            self.head[head] += 1
        for word in NO_HEADS:
            self.head[word] = 0
        for word in FIELD:
            self.head[word] = max(self.head[word], 12)


def dictionary(path):
    """The simple words of a dictionary of forms, each with whether it is a verb."""
    text = pathlib.Path(path).read_text(encoding="iso-8859-15")
    words = {line.split("/")[0].strip() for line in text.split("\n")[1:]}
    found = set()
    for _, one in analyses(word for word in words if re.fullmatch("[a-zõäöüšž]{2,}", word)):
        found |= {
            (part["lemma"], part["partofspeech"] == "V")
            for part in one
            if part["partofspeech"] in "SAVNCUO" and part["lemma"].islower() and len(part["root_tokens"]) == 1
        }
    return sorted(found)


def all_forms(lemma, verb):
    keys = measured.VERB if verb else measured.NOUN
    made = [
        form.replace("=", "") for key in keys for form in synthesize(lemma, key, "V" if verb else "", guess=False)
    ]
    return list(dict.fromkeys(fold(form) for form in [lemma, *made]))


def weights(count):
    """The nominative is what people type; then come the genitive and the partitive."""
    return [10] + [3] * min(3, count - 1) + [1] * max(0, count - 4)


def stems(made, bare):
    found = collections.Counter()
    for form, weight in zip(made, weights(len(made))):
        found[bare(form)] += weight
    return found


def entries(words, usage, bare):
    """(how much used, word, stems with weights); compounds and their stems begin with `~`."""
    simple, compound = [], []

    def within(form):
        stem = bare(COMPOUND + form)
        return "~" + (stem[len(COMPOUND) :] if stem.startswith(COMPOUND) and len(stem) > 6 else bare(form))

    for lemma, verb in words:
        name, times = fold(lemma), usage.words[fold(lemma)]
        if lemma in CLOSED or (not verb and PARTICIPLE.search(name)):
            continue
        if not times and zlib.crc32(name.encode()) % RARE:
            continue
        made = all_forms(lemma, verb)
        if len(made) < 5:
            continue
        simple.append((times, name, stems(made, bare)))
        if not verb and usage.head[lemma] >= 2:
            compound.append((usage.head[lemma], "~" + name, stems(made, within)))
    order = lambda entry: (-entry[0], entry[1])
    return sorted(simple, key=order) + sorted(compound, key=order)


def kin(one, other):
    shared = len(os.path.commonprefix([one, other]))
    return shared >= 5 and shared >= min(len(one), len(other)) - 2


def classes(listed, nominative):
    """Gives for a stem the one that stands for its class."""
    parent, owner, total = {}, collections.defaultdict(set), collections.Counter()

    def find(stem):
        while parent.get(stem, stem) != stem:
            stem = parent[stem]
        return stem

    for times, _, found in listed:
        for stem, weight in found.items():
            total[stem] += weight * math.log2(2 + times)
    for times, word, found in listed:
        whole = sum(found.values())
        ordered = [stem for stem, weight in found.most_common() if weight / whole >= 0.02]
        if not ordered:
            continue
        own, asked = find(ordered[0]), nominative(word)
        for stem in ordered[1:]:
            other = find(stem)
            if other == own:
                continue
            foreign = owner[other] and not all(kin(one, word) for one in owner[other])
            wanted = times >= USED and asked in (stem, ordered[0]) and found[asked] <= 0.75 * whole
            roomy = len(owner[own]) + len(owner[other]) <= 2 and min(len(own.lstrip("~")), len(other.lstrip("~"))) > 2
            short = not times and min(len(own), len(other)) < 4
            if short or (foreign and not (wanted and roomy)):
                continue
            if total[other] > total[own]:
                own, other = other, own
            parent[other] = own
            owner[own] |= owner.pop(other, set())
        if times >= 3:
            owner[own].add(word)
    return find


def edit(stem, to):
    same = len(os.path.commonprefix([stem, to]))
    return f"{len(stem) - same}{to[same:]}"


class Node:
    def __init__(self):
        self.next, self.edits, self.ends = {}, collections.Counter(), collections.Counter()


def tree(examples):
    root = Node()
    for (word, change), weight in sorted(examples.items()):
        node = root
        node.edits[change] += weight
        for sign in word[::-1][:DEPTH]:
            if sign == "~":
                break
            node = node.next.setdefault(sign, Node())
            node.edits[change] += weight
        node.ends[change] += weight
    return root


def price(node):
    """What it costs not to know, to know by inheriting each edit, and how to know best."""
    if len(node.edits) == 1:
        (change,) = node.edits
        return min(node.edits[change], PRICE), {change: 0}, change, None
    below = {sign: price(child) for sign, child in node.next.items()}
    unknown = sum(node.ends.values()) + sum(cost[0] for cost in below.values())
    costs = {
        change: unknown - node.ends[change] + sum(c[1][change] - c[0] for c in below.values() if change in c[1])
        for change in node.edits
    }
    best = min(costs, key=lambda change: (costs[change], change))
    least = min(unknown, PRICE + costs[best])
    return least, {change: cost for change, cost in costs.items() if cost < least}, best, (below, unknown, costs[best])


def choose(node, cost, end, inherited, rules):
    least, known, best, rest = cost
    if rest is None:
        if best != inherited and node.edits[best] > PRICE:
            rules[end] = best
        return
    below, unknown, best_cost = rest
    if known.get(inherited, unknown) > PRICE + best_cost:
        rules[end] = inherited = best
    for sign, child in node.next.items():
        choose(child, below[sign], sign + end, inherited, rules)


def learn(listed, find):
    examples = collections.Counter()
    for times, _, found in listed:
        weight = (1 + 2 * math.log2(1 + times)) / sum(found.values()) * 10
        for stem, part in found.items():
            marked = stem if stem[0] == "~" else "^" + stem
            examples[marked, edit(stem.lstrip("~"), find(stem).lstrip("~"))] += weight * part
    root, rules = tree(examples), {}
    choose(root, price(root), "", "0", rules)
    return rules


def written(rules):
    by_edit = collections.defaultdict(list)
    for end, change in rules.items():
        if end:
            by_edit[change].append(end)
    return [" ".join([change, *sorted(ends)]) for change, ends in sorted(by_edit.items())]


def parts(usage):
    """What compounds are made of, folded: beginnings as they stand there, and heads."""

    def often(counted):
        return sorted({fold(word) for word, times in counted.items() if times >= 2 and len(word) > 2})

    def makes_compounds(word):
        return word not in LIKE_ENDINGS and not word.endswith(("ne", "v")) and (len(word) > 3 or word in FIELD)

    heads = [word for word in often(usage.head) if makes_compounds(word)]
    return [" ".join(["first", *often(usage.first)]), " ".join(["head", *heads])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionary", required=True)
    parser.add_argument("--texts", required=True)
    parser.add_argument("--without-held", action="store_true")
    parser.add_argument("--into", default=RULES, type=pathlib.Path)
    options = parser.parse_args()
    usage, words = Usage(options.texts), dictionary(options.dictionary)
    if options.without_held:
        rows = [line.split("\t") for line in (HERE / "forms.tsv").read_text().splitlines() if line[0] != "#"]
        held = {row[1] for row in rows if row[0] == "held"}
        held |= {measured.head(word) for word in held}
        words = [(lemma, verb) for lemma, verb in words if lemma not in held]
    text = RULES.read_text()
    start = text.index("\n=\n") + 3
    bare = Estonian(text).bare
    listed = entries(words, usage, bare)
    nominative = lambda word: bare(word) if word[0] != "~" else next(
        ("~" + stem[len(COMPOUND) :] for stem in [bare(COMPOUND + word[1:])] if stem.startswith(COMPOUND)), word
    )
    rules = learn(listed, classes(listed, nominative))
    text = text[:start] + "\n".join(written(rules) + parts(usage)) + "\n` };\n"
    options.into.write_text(text)
    print(f"{len(listed)} words, {len(rules)} rules, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
