// The calendars and feeds of the example portal, read by programs that others wrote: ical.js and node-ical share
// no code, so what both understand alike is right, or wrong twice in the same way.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const portal = process.env.PORTAL ?? 'target/portal';
const files = (ending) =>
  readdirSync(portal, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(portal, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
const read = (path) => readFileSync(join(portal, path), 'utf8');

const calendars = files('.ics');
const feeds = files('.xml').filter((path) => path.startsWith('feed') || path.startsWith('en/feed'));

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

// The same by node-ical, in the same words.
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
  for (const path of calendars) {
    const text = read(path);
    assert.deepEqual(sorted(byNodeIcal(text)), sorted(byIcalJs(text)), path);
  }
});

test('no event is lost between the file and its readers', () => {
  for (const path of calendars) {
    const text = read(path);
    const written = text.split('BEGIN:VEVENT\r\n').length - 1;
    assert.equal(byIcalJs(text).size, written, path);
  }
});

test('lines end with CRLF and have 75 octets at most', () => {
  for (const path of calendars) {
    const lines = read(path).split('\r\n');
    assert.equal(lines.pop(), '', path);
    for (const line of lines) {
      assert.ok(!/[\r\n]/.test(line) && Buffer.byteLength(line) <= 75, `${path}: ${line}`);
    }
  }
});

test('every calendar has what RFC 5545 asks of it', () => {
  for (const path of calendars) {
    const calendar = new ICAL.Component(ICAL.parse(read(path)));
    assert.equal(calendar.getFirstPropertyValue('version'), '2.0', path);
    assert.ok(calendar.getFirstPropertyValue('prodid'), path);
    assert.equal(calendar.getAllSubcomponents('vtimezone').length, 1, path);
    for (const event of calendar.getAllSubcomponents('vevent')) {
      for (const name of ['uid', 'dtstamp', 'dtstart', 'summary', 'status', 'sequence']) {
        assert.equal(event.getAllProperties(name).length, 1, `${path}: ${name}`);
      }
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

test('every feed has what RFC 4287 asks of it', () => {
  for (const path of feeds) {
    const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(read(path), 'application/xml');
    const feed = document.documentElement;
    assert.equal(feed.namespaceURI, 'http://www.w3.org/2005/Atom', path);
    assert.equal(feed.getAttribute('xml:lang'), path.startsWith('en/') ? 'en' : 'et');
    const entries = below(feed, 'entry');
    assert.ok(entries.length > 0 && entries.length <= 50, path);
    for (const one of [feed, ...entries]) {
      for (const name of ['id', 'title', 'updated']) assert.equal(words(one, name).length, 1, `${path}: ${name}`);
      assert.match(words(one, 'id')[0], /^urn:uuid:[0-9a-f-]{36}$/);
      assert.match(words(one, 'updated')[0], RFC_3339);
      for (const link of below(one, 'link')) {
        assert.match(link.getAttribute('href'), /^https:\/\/testimine\.example\.ee\//);
      }
    }
    assert.equal(words(below(feed, 'author')[0], 'name').length, 1, path);
    const ids = entries.map((entry) => words(entry, 'id')[0]);
    assert.equal(new Set(ids).size, ids.length, path);
    const times = entries.map((entry) => Date.parse(words(entry, 'updated')[0]));
    assert.deepEqual(times, [...times].sort((a, b) => b - a), `${path}: the newest first`);
    const self = below(feed, 'link').find((link) => link.getAttribute('rel') === 'self');
    assert.equal(self.getAttribute('href'), `https://testimine.example.ee/${path}`);
  }
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
