// The calendars and feeds of the example portal and of an odd one, read by programs that others wrote: ical.js and
// node-ical share no code, so what both understand alike is right, or wrong twice in the same way.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const portal = process.env.PORTAL ?? 'target/portal';
const odd = process.env.ODD ?? 'target/odd';
const filesOf = (folder, ending) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
const isFeed = (path) => path.startsWith('feed') || path.startsWith('en/feed');
const files = (ending) => filesOf(portal, ending);
const read = (path) => readFileSync(join(portal, path), 'utf8');

const calendars = files('.ics');
const feeds = files('.xml').filter(isFeed);

// Every calendar and feed of both portals, by its path with its portal before.
const all = (ending, wanted = () => true) =>
  [portal, odd].flatMap((folder) =>
    filesOf(folder, ending)
      .filter(wanted)
      .map((path) => [join(folder, path), readFileSync(join(folder, path), 'utf8')]),
  );

// What ical.js understands of a calendar: each event by its UID.
const byIcalJs = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue('tzid'));
  }
  return new Map(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      const value = (name) => component.getFirstPropertyValue(name);
      return [
        event.uid,
        {
          start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
          end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
          summary: event.summary,
          status: value('status'),
          sequence: Number(value('sequence')),
        },
      ];
    }),
  );
};

// The same by node-ical, in the same words. Its version 0.22 counts the minutes of the first hour of a day twice, so
// that no event of either portal begins or ends in that hour but on it.
const byNodeIcal = (text) => {
  const day = (date) => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(date);
  const moment = (date) => (date.dateOnly ? day(date) : date.toISOString());
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((each) => each.type === 'VEVENT');
  return new Map(
    events.map((event) => [
      event.uid,
      {
        start: moment(event.start),
        end: moment(event.end),
        summary: event.summary,
        status: event.status,
        sequence: Number(event.sequence),
      },
    ]),
  );
};

const sorted = (events) => [...events].sort(([a], [b]) => (a < b ? -1 : 1));

test('there are calendars and feeds in both languages', () => {
  for (const path of ['schedule.ics', 'en/schedule.ics', 'schedule/product-benefits.ics', 'schedule/team-uat.ics']) {
    assert.ok(calendars.includes(path), path);
  }
  const names = ['feed.xml', 'feed/decisions.xml', 'feed/guides.xml', 'feed/reports.xml', 'feed/schedule.xml'];
  assert.deepEqual(feeds, [...names.map((name) => `en/${name}`), ...names].sort());
});

test('both readers understand every calendar alike', () => {
  for (const [path, text] of all('.ics')) {
    assert.deepEqual(sorted(byNodeIcal(text)), sorted(byIcalJs(text)), path);
  }
});

test('no event is lost between the file and its readers', () => {
  for (const [path, text] of all('.ics')) {
    const written = text.split('BEGIN:VEVENT\r\n').length - 1;
    assert.equal(byIcalJs(text).size, written, path);
  }
});

test('lines end with CRLF and have 75 octets at most', () => {
  for (const [path, text] of all('.ics')) {
    const lines = text.split('\r\n');
    assert.equal(lines.pop(), '', path);
    for (const line of lines) {
      assert.ok(!/[\r\n]/.test(line) && Buffer.byteLength(line) <= 75, `${path}: ${line}`);
    }
  }
});

test('every calendar has what RFC 5545 asks of it', () => {
  for (const [path, text] of all('.ics')) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    assert.equal(calendar.getFirstPropertyValue('version'), '2.0', path);
    assert.ok(calendar.getFirstPropertyValue('prodid'), path);
    assert.equal(calendar.getAllSubcomponents('vtimezone').length, 1, path);
    for (const event of calendar.getAllSubcomponents('vevent')) {
      for (const name of ['uid', 'dtstamp', 'dtstart', 'summary', 'status', 'sequence']) {
        assert.equal(event.getAllProperties(name).length, 1, `${path}: ${name}`);
      }
      const uids = calendar.getAllSubcomponents('vevent').map((each) => each.getFirstPropertyValue('uid'));
      assert.equal(new Set(uids).size, uids.length, path);
      // The end of days is not one of them, and no time ends before it begins.
      const end = event.getFirstPropertyValue('dtend');
      if (end) assert.ok(end.compare(event.getFirstPropertyValue('dtstart')) > 0, path);
    }
  }
});

test('the October install moved by a day and is at eight in the evening in Tallinn', () => {
  const events = [...byIcalJs(read('en/releases/2026.10/install.ics')).values()];
  assert.deepEqual(events, [
    {
      start: '2026-10-20T17:00:00.000Z',
      end: '2026-10-20T20:00:00.000Z',
      summary: 'Install: October release (2026.10)',
      status: 'CONFIRMED',
      sequence: 1,
    },
  ]);
});

test('after summer time eight in the evening is an hour later for the world', () => {
  const [install] = byIcalJs(read('en/releases/permits-3.4/install.ics')).values();
  assert.equal(install.start, '2026-11-26T18:00:00.000Z');
  assert.equal(install.status, 'TENTATIVE');
});

test('the end of a day is the day after', () => {
  const [freeze] = byNodeIcal(read('releases/2026.10/freeze.ics')).values();
  assert.deepEqual([freeze.start, freeze.end], ['2026-10-07', '2026-10-08']);
});

test('on the nights on which clocks change every time is the one that was meant', () => {
  const calendar = readFileSync(join(odd, 'schedule.ics'), 'utf8');
  const times = (words) =>
    [...byIcalJs(calendar).values()]
      .filter((event) => event.summary.startsWith(words))
      .map((event) => [event.start, event.end].map((time) => time.replace(':00.000Z', 'Z')));
  // In March the clocks go from three to four: half past three is read as half past two and an hour.
  assert.deepEqual(times('Testimise algus: Öine'), [['2026-03-29T00:30Z', '2026-03-29T00:30Z']]);
  assert.deepEqual(times('Testimise tähtaeg: Öine'), [['2026-03-29T01:30Z', '2026-03-29T01:30Z']]);
  // In October they go from four to three: 45 minutes lie between half past three and a quarter past three.
  assert.deepEqual(times('Paigaldus: Öine'), [['2026-10-25T00:30Z', '2026-10-25T01:15Z']]);
  assert.deepEqual(times('Koolitus:').sort(), [
    ['2026-10-25T00:30Z', '2026-10-25T00:30Z'],
    ['2026-10-25T01:30Z', '2026-10-25T03:00Z'],
  ]);
});

test('titles come through with every sign, and what is cancelled says so', () => {
  const events = [...byIcalJs(readFileSync(join(odd, 'schedule.ics'), 'utf8')).values()];
  const title =
    'Öine väljalase, komaga; semikooloniga \\ ja pika pealkirjaga 🚀🧪🎉👩‍🔬, mis läheb üle seitsmekümne viie okteti';
  assert.ok(events.some((event) => event.summary === `Paigaldus: ${title} (night)`));
  const cancelled = events.filter((event) => event.status === 'CANCELLED');
  assert.equal(cancelled.length, 3, 'an install, a cloning, a training');
  assert.ok(cancelled.every((event) => event.summary.startsWith('Ära jäetud: ')));
  const cloning = events.filter((event) => event.summary === 'Kloonimine: uat').map(({ start, end }) => [start, end]);
  assert.ok(cloning.some(([start, end]) => start === '2026-12-30' && end === '2026-12-31'), `${cloning}`);
});

test('an event is the same in all calendars and both languages', () => {
  const whole = byIcalJs(read('schedule.ics'));
  const english = byIcalJs(read('en/schedule.ics'));
  assert.deepEqual([...english.keys()].sort(), [...whole.keys()].sort());
  for (const path of calendars.filter((path) => !path.startsWith('en/'))) {
    for (const [uid, event] of byIcalJs(read(path))) assert.deepEqual(event, whole.get(uid), path);
  }
});

// Elements of a feed: those directly below `parent` that are called `name`.
const below = (parent, name) => [...parent.childNodes].filter((node) => node.localName === name);
const words = (parent, name) => below(parent, name).map((node) => node.textContent);
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

// RFC 4287, section 4.1: how often each element may stand in a feed and in an entry; any other is none of its.
const TIMES = {
  feed: {
    author: [1, 9], category: [0, 9], contributor: [0, 9], generator: [0, 1], icon: [0, 1], id: [1, 1], link: [1, 9],
    logo: [0, 1], rights: [0, 1], subtitle: [0, 1], title: [1, 1], updated: [1, 1], entry: [0, 50],
  },
  entry: {
    author: [0, 9], category: [0, 9], content: [0, 1], contributor: [0, 9], id: [1, 1], link: [1, 9],
    published: [0, 1], rights: [0, 1], source: [0, 1], summary: [0, 1], title: [1, 1], updated: [1, 1],
  },
};
const ATOM = 'http://www.w3.org/2005/Atom';

test('every feed has what RFC 4287 asks of it', () => {
  for (const [path, text] of all('.xml', isFeed)) {
    const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'application/xml');
    const feed = document.documentElement;
    assert.equal(feed.getAttribute('xml:lang'), path.includes('/en/') ? 'en' : 'et');
    const entries = below(feed, 'entry');
    for (const one of [feed, ...entries]) {
      const times = TIMES[one.localName];
      for (const child of [...one.childNodes].filter((node) => node.nodeType === 1)) {
        assert.equal(child.namespaceURI, ATOM, path);
        assert.ok(times[child.localName], `${path}: ${one.localName} has ${child.localName}`);
      }
      for (const [name, [least, most]] of Object.entries(times)) {
        const count = below(one, name).length;
        assert.ok(count >= least && count <= most, `${path}: ${count} ${name} in ${one.localName}`);
      }
      // Plain text holds no elements; ids are names for ever, and times have an offset.
      for (const name of ['id', 'title', 'updated', 'published', 'summary']) {
        for (const node of below(one, name)) assert.equal(node.getElementsByTagName('*').length, 0, path);
      }
      assert.match(words(one, 'id')[0], /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      for (const time of [...words(one, 'updated'), ...words(one, 'published')]) {
        assert.match(time, RFC_3339);
        assert.ok(!Number.isNaN(Date.parse(time)), `${path}: ${time}`);
      }
      const kinds = below(one, 'link').map((link) => `${link.getAttribute('rel')} ${link.getAttribute('type')}`);
      assert.equal(new Set(kinds).size, kinds.length, `${path}: one link of a kind`);
      assert.ok(kinds.some((kind) => kind.startsWith('alternate ')), `${path}: without content it needs a page`);
      for (const link of below(one, 'link')) assert.equal(new URL(link.getAttribute('href')).protocol, 'https:');
      for (const category of below(one, 'category')) assert.ok(category.getAttribute('term'), path);
      for (const [published, updated] of [[words(one, 'published')[0], words(one, 'updated')[0]]]) {
        if (published) assert.ok(Date.parse(published) <= Date.parse(updated), path);
      }
    }
    assert.equal(words(below(feed, 'author')[0], 'name').length, 1, path);
    const ids = entries.map((entry) => words(entry, 'id')[0]);
    assert.equal(new Set(ids).size, ids.length, path);
    const times = entries.map((entry) => Date.parse(words(entry, 'updated')[0]));
    assert.deepEqual(times, [...times].sort((a, b) => b - a), `${path}: the newest first`);
    if (entries.length > 0) assert.equal(Date.parse(words(feed, 'updated')[0]), times[0], path);
  }
});

test('feeds say where they stand, and translations are entries of their own', () => {
  for (const path of feeds) {
    const feed = new DOMParser().parseFromString(read(path), 'application/xml').documentElement;
    assert.ok(below(feed, 'entry').length > 0, path);
    const self = below(feed, 'link').find((link) => link.getAttribute('rel') === 'self');
    assert.equal(self.getAttribute('href'), `https://testimine.example.ee/${path}`);
  }
  const ids = (path) => {
    const feed = new DOMParser().parseFromString(read(path), 'application/xml').documentElement;
    return below(feed, 'entry').map((entry) => words(entry, 'id')[0]);
  };
  const [et, en] = [ids('feed.xml'), ids('en/feed.xml')];
  assert.equal(et.length, en.length);
  assert.ok(et.every((id) => !en.includes(id)));
});

test('links of feeds lead to pages', () => {
  const pages = new Set(files('.html'));
  for (const path of feeds) {
    const feed = new DOMParser().parseFromString(read(path), 'application/xml').documentElement;
    for (const entry of below(feed, 'entry')) {
      const href = below(entry, 'link')[0].getAttribute('href');
      const page = decodeURIComponent(new URL(href).pathname).replace(/^\//, '');
      assert.ok(pages.has(`${page}index.html`), `${path}: ${href}`);
    }
  }
});
