"""A content tree of runs, the same in every run of this program: no chance, no clock, no network."""

import json
import uuid
from pathlib import Path

# Statuses in the order in which a generator deals them out: mostly passed, as in life.
STATUSES = ["passed"] * 43 + ["failed"] * 3 + ["error", "blocked", "skipped", "not_run"]
SUITES = ["Payments", "Applications", "Letters", "Interfaces", "Reports", "Accounts", "Rights", "Search"]
MESSAGE = "wanted 120.00 €, found 60.00 €\n      at SupplementTest.sum(SupplementTest.java:{line})"


class Dice:
    """A linear congruential generator (the constants of Numerical Recipes): the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, most):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state * most >> 32


def write(root, runs, cases, languages):
    """Writes a tree with `runs` runs of `cases` cases below `root`; gives its size in bytes."""
    content = Path(root) / "content"
    dice = Dice(1)
    files = {
        "portal.yaml": PORTAL.replace("LANGUAGES", languages),
        "index.md": "# A portal with many runs\n\nFor measuring.\n",
        "environments/sit.yaml": "title: SIT\nkind: test\nproduct: benefits\n",
        "cases/benefits.yaml": catalogue(cases),
    }
    releases = max(1, runs // 10)
    for number in range(releases):
        files[f"releases/2026.{number + 1:02}.yaml"] = release(number)
    for number in range(runs):
        of = number * releases // runs
        files[f"runs/2026.{of + 1:02}/sit-{number:03}.yaml"] = run(dice, of, number, cases)
    size = 0
    for path, text in files.items():
        full = content / path
        full.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        full.write_bytes(data)
        size += len(data)
    return size


PORTAL = """\
title: {et: Mõõtmine, en: Measurement}
languages: [LANGUAGES]
time_zone: Europe/Tallinn
as_of: 2026-10-16
products: {benefits: {title: {et: Toetused, en: Benefits}}}
teams: {sit: {title: SIT}}
"""


def catalogue(cases):
    lines = ["cases:"]
    for case in range(cases):
        suite = SUITES[case % len(SUITES)]
        lines.append(f"  - {{id: BEN-{case}, title: {suite} keep rule {case} of the act, tags: [regression]}}")
    return "\n".join(lines) + "\n"


def release(number):
    return (
        f"title: Release {number + 1}\nproduct: benefits\nstatus: in_test\nbuild: 2026.{number + 1}-rc1\n"
        "contents: [{ticket: BEN-1, title: Child supplement, change: feature, risk: high}]\n"
        "environments: [{env: sit, use: system-test}]\nschedule: {install: 2026-12-01T20:00}\n"
    )


def results(dice, cases):
    """The results of a run: each with the words that Juhend reads."""
    for case in range(cases):
        status = STATUSES[dice.below(len(STATUSES))]
        time = f"{1 + dice.below(90)}.{dice.below(10)}"
        result = {"case": f"BEN-{case}", "suite": SUITES[case % len(SUITES)], "status": status, "time": time}
        if status in ("failed", "error"):
            result["message"] = MESSAGE.format(line=10 + dice.below(400))
        if status in ("blocked", "skipped"):
            result["reason"] = "The stub is down"
        yield result


def run(dice, of, number, cases):
    month, day = 1 + number * 9 // 100 % 9, 1 + number % 28
    lines = [
        f'release: "2026.{of + 1:02}"',
        "environment: sit",
        f"started: 2026-{month:02}-{day:02}T09:00",
        f"ended: 2026-{month:02}-{day:02}T16:30",
        "level: system",
        "series: benefits-sit",
        "team: sit",
        "results:",
    ]
    for result in results(dice, cases):
        lines.append("  - case: {case}\n    suite: {suite}\n    status: {status}\n    time: {time}".format(**result))
        if "message" in result:
            lines.append(f"    message: |\n      {result['message']}")
        if "reason" in result:
            lines.append(f"    reason: {result['reason']}")
    return "\n".join(lines) + "\n"


# What Allure calls the statuses.
ALLURE = {"passed": "passed", "failed": "failed", "error": "broken"}


def write_for_allure(folder, runs, cases):
    """Writes the same results as Allure reads them, a file each; a run is part of a result's history, lest they fold."""
    folder.mkdir(parents=True)
    dice = Dice(1)
    for number in range(runs):
        for result in results(dice, cases):
            name = f"sit-{number:03}"
            key = f"{name}/{result['case']}"
            start = 1_767_225_600_000 + number * 3_600_000
            told = {
                "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, key)),
                "historyId": uuid.uuid5(uuid.NAMESPACE_OID, key).hex,
                "testCaseId": result["case"],
                "fullName": f"{result['suite']}/{key}",
                "name": f"{result['suite']} keep rule {result['case']} of the act",
                "status": ALLURE.get(result["status"], "skipped"),
                "stage": "finished",
                "start": start,
                "stop": start + int(1000 * float(result["time"])),
                "labels": [{"name": "parentSuite", "value": name}, {"name": "suite", "value": result["suite"]}],
                "statusDetails": {"message": result.get("message", result.get("reason", ""))},
            }
            (folder / f"{told['uuid']}-result.json").write_text(json.dumps(told))
