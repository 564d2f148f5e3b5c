// What a word is searched by: the same keys as src/words/stem makes when the index is built.
// JuhendStem("et").keys("Testilugu") gives { exact, folded, stem, parts }; JuhendStem.tokens(text) gives
// { start, end, token } for each word. Estonian wants stem-et.js beside this file.
var JuhendStem = (() => {
  "use strict";
  const languages = new Map();

  const exactly = (word) =>
    word.toLowerCase().replace(/\u00ad/g, "").replace(/[\u2010\u2011]/g, "-").replace(/[\u2019\u02bc]/g, "'").normalize("NFC");
  const unmarked = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const isCode = (token) => /[0-9]/.test(token);
  const isName = (token) => {
    const first = token.split(/[-\u2010\u2011]/)[0];
    return [...first].length > 1 && !/\p{Lowercase}/u.test(first);
  };
  const listed = (parts) => (parts.length > 1 ? parts : []);

  /** Words of English: Porter 2, as in src/words/stem/english.rs. */
  const english = (() => {
    const kept = "andes atlas bias cosmos howe news sky".split(" ");
    const odd = { early: "earli", gently: "gentl", idly: "idl", only: "onli", singly: "singl", skies: "sky", skis: "ski", ugly: "ugli" };
    const second = pairs(
      "tional tion enci ence anci ance abli able entli ent izer ize ization ize ational ate ation ate ator ate alism al " +
        "aliti al alli al fulness ful fulli ful ousli ous ousness ous iveness ive iviti ive biliti ble bli ble ogist og lessli less " +
        "ogi og li .",
    );
    const third = pairs("tional tion ational ate alize al icate ic iciti ic ical ic ative . ness . ful .");
    const fourth = "ement ment ance ence able ible ant ent ism ate iti ous ive ize ion al er ic".split(" ");
    const prefixes = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
    const shortly = (word) => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);
    const region = (word, from) => {
      const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
      return found ? from + found.index + 2 : word.length;
    };

    function pairs(text) {
      const words = text.split(" ");
      const list = [];
      for (let at = 0; at < words.length; at += 2) list.push([words[at], words[at + 1].replace(".", "")]);
      return list.sort((one, other) => other[0].length - one[0].length);
    }
    const plural = (word) => {
      if (/sses$/.test(word)) return word.slice(0, -2);
      if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
      return /[^us]s$/.test(word) && /[aeiouy]/.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
    };
    const past = (word, one) => {
      const [ending] = /(eedly|ingly|edly|eed|ing|ed)$/.exec(word) || [""];
      const before = word.slice(0, word.length - ending.length);
      if (!ending) return word;
      if (/^eed/.test(ending)) return before.length < one || /^(succ|proc|exc)$/.test(before) ? word : before + "ee";
      if (ending === "ing") {
        if (/^[^aeiouy]y$/.test(before)) return before.slice(0, -1) + "ie";
        if (/^(even|cann|inn|earr|herr|out)$/.test(before)) return word;
      }
      if (!/[aeiouy]/.test(before)) return word;
      if (/(at|bl|iz)$/.test(before)) return before + "e";
      if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
      return before.length === one && shortly(before) ? before + "e" : before;
    };
    const derived = (word, one) => {
      const found = second.find(([ending]) => word.endsWith(ending));
      if (!found) return word;
      const [ending, add] = found;
      const before = word.slice(0, word.length - ending.length);
      if (before.length < one) return word;
      if (ending === "ogi" && !/l$/.test(before)) return word;
      if (ending === "li" && !/[cdeghkmnrt]$/.test(before)) return word;
      return before + add;
    };
    const adjective = (word, one, two) => {
      const found = third.find(([ending]) => word.endsWith(ending));
      if (!found) return word;
      const before = word.slice(0, word.length - found[0].length);
      return before.length < (found[0] === "ative" ? Math.max(one, two) : one) ? word : before + found[1];
    };
    const noun = (word, two) => {
      const ending = fourth.find((one) => word.endsWith(one));
      if (!ending) return word;
      const before = word.slice(0, word.length - ending.length);
      return before.length < two || (ending === "ion" && !/[st]$/.test(before)) ? word : before;
    };
    const last = (word, one, two) => {
      const before = word.slice(0, -1);
      if (/e$/.test(word)) return before.length >= two || (before.length >= one && !shortly(before)) ? before : word;
      return /ll$/.test(word) && before.length >= two ? before : word;
    };

    return (given) => {
      if (kept.includes(given)) return given;
      if (Object.hasOwn(odd, given)) return odd[given];
      if ([...given].length < 3) return given;
      let word = given.replace(/^'/, "").replace(/^y/, "Y");
      for (let at = 1; at < word.length; at++) {
        if (word[at] === "y" && /[aeiouy]/.test(word[at - 1])) word = word.slice(0, at) + "Y" + word.slice(at + 1);
      }
      const prefix = prefixes.exec(word);
      const one = prefix ? prefix[0].length : region(word, 0);
      const two = region(word, one);
      word = past(plural(word.replace(/('s'|'s|')$/, "")), one);
      if (/.[^aeiouy][yY]$/.test(word)) word = word.slice(0, -1) + "i";
      word = noun(adjective(derived(word, one), one, two), two);
      return last(word, one, two).replace(/Y/g, "y");
    };
  })();

  /** Words of Estonian: the rules of stem-et.js, as src/words/stem/estonian.rs applies them. */
  const estonian = (text) => {
    const depth = 9;
    const vowels = "aeiou";
    const endingsAfterHyphen = new Set(
      ("i d t s st sse l le lt ks ni na ta ga de te id it is ist isse il ile ilt iks ini ina ita iga ide ides idest idele idel " +
        "idega des dest dele del dega sid").split(" "),
    );
    const lines = text.trim().split("\n");
    const middle = lines.indexOf("=");
    const written = lines.slice(0, middle);
    const learned = lines.slice(middle + 1);
    const lineOf = (list, name) => list.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).split(" "));

    const edits = (rows) => {
      const map = new Map();
      for (const [edit, ...ends] of rows) {
        const [, cut, add] = /^(\d*)(.*)$/.exec(edit);
        if (cut) for (const end of ends) map.set(end, [+cut, add]);
      }
      return map;
    };
    const endings = (rows) =>
      rows
        .flatMap(([rest, before, ...list]) => list.map((ending) => ({ ending, before: before.split(","), rest: +rest })))
        .sort((one, other) => other.ending.length - one.ending.length);
    const whole = edits(lineOf(written, "0 "));
    const after = edits(learned.map((line) => line.split(" ")));
    const passes = ["1 ", "2 ", "3 "].map((name) => endings(lineOf(written, name)));
    const first = new Set(lineOf(learned, "first ").flat());

    const isPlain = (word) => /^[a-z]*$/.test(word);
    const isVowel = (letter) => letter !== undefined && vowels.includes(letter);
    const fits = (word, pattern) =>
      [...pattern].every((sign, at) => {
        const letter = word[word.length - pattern.length + at];
        if (sign === ".") return true;
        if (sign === "V") return isVowel(letter);
        return sign === "C" ? !isVowel(letter) : letter === sign;
      });
    const changed = (map, word) => {
      const marked = "^" + word;
      for (let at = Math.max(0, marked.length - depth); at < marked.length; at++) {
        const [cut, add] = map.get(marked.slice(at)) || [Infinity, ""];
        if (cut <= word.length && word.length - cut + add.length >= 2) return word.slice(0, word.length - cut) + add;
      }
      return word;
    };
    const cut = (word, rules) => {
      const rule = rules.find(({ ending, before, rest }) => {
        const stays = word.length - ending.length;
        return stays >= rest && word.endsWith(ending) && before.some((pattern) => fits(word.slice(0, stays), pattern));
      });
      return rule ? word.slice(0, word.length - rule.ending.length) : word;
    };
    const withoutVowel = (word) =>
      word.length > 3 && isVowel(word.at(-1)) && !isVowel(word.at(-2)) ? word.slice(0, -1) : word;
    const even = (word) =>
      word
        .replace(/([^aeiou])\1+/g, "$1")
        .replace(/(?:(?<=[aeiou]{2})|(?<=[lrnmhsv]))[gbd]/g, (letter) => ({ g: "k", b: "p", d: "t" })[letter])
        .replace(/([^aeiou])e([rl])$/, "$1$2");
    const bare = (given) => {
      const word = changed(whole, given);
      if (word.length < 3) return even(word);
      let rest = withoutVowel(cut(cut(word, passes[0]), passes[1]));
      for (;;) {
        const shorter = withoutVowel(cut(rest, passes[2]));
        if (shorter === rest) return even(rest);
        rest = shorter;
      }
    };
    const stem = (given) => {
      const word = given.split("'")[0];
      return isPlain(word) ? changed(after, bare(word)) : word;
    };
    const heads = new Set(lineOf(learned, "head ").flat().map(stem));
    const split = (word, known) => {
      if (!isPlain(word)) return [];
      const isKnown = (key) => heads.has(key) || known.has(key);
      for (let at = 3; at < word.length - 2; at++) {
        const start = word.slice(0, at);
        const head = word.slice(at);
        if (!isKnown(stem(head))) continue;
        if (first.has(start) || (/[aeious]$/.test(start) && isKnown(stem(start)))) return [start, head];
        const within = split(start, known);
        if (within.length && within.every((part) => part.length > 3)) return [...within, head];
      }
      return [];
    };
    return { stem, split, isEnding: (piece) => endingsAfterHyphen.has(piece) };
  };

  /** The rules that a file like stem-et.js gave; without it words meet as they are written. */
  function rulesOf(name) {
    const text = globalThis.JuhendStemRules?.[name];
    if (text && !languages.has(name)) languages.set(name, estonian(text));
    return languages.get(name);
  }

  /** The stemmer of the language with this BCP 47 tag; `words` are found within compounds too. */
  function stemmer(tag, words = []) {
    const name = tag.trim().toLowerCase().split("-")[0];
    const rules = name === "et" ? rulesOf(name) : undefined;
    const unaccented = rules ? (word) => word.replace(/sh/g, "s").replace(/zh/g, "z") : (word) => word;
    const stem = rules ? (word) => rules.stem(unaccented(word)) : name === "en" ? english : (word) => word;
    const plainly = (word) => unmarked(exactly(word));
    const known = new Set(words.map(plainly).filter((word) => word.length > 3 && !isCode(word)).map(stem));

    return {
      keys(token) {
        const exact = exactly(token);
        const plain = unmarked(exact);
        const pieces = plain.split(/[-_]/).filter(Boolean);
        if (rules && pieces.length > 1 && rules.isEnding(pieces.at(-1)) && (isCode(token) || isName(token))) pieces.pop();
        const keys = { exact, folded: unaccented(plain) };
        if (isCode(token)) return { ...keys, stem: pieces.join(""), parts: listed(pieces) };
        if (pieces.length === 1) {
          return { ...keys, stem: stem(pieces[0]), parts: rules ? rules.split(pieces[0], known).map(stem) : [] };
        }
        return { ...keys, stem: stem(pieces.join("")), parts: listed(pieces.map(stem)) };
      },
    };
  }

  const word =
    /[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{N}\u0300-\u036f]|(?<=[\p{Alphabetic}\p{N}\u0300-\u036f])[-_'\u00ad\u2010\u2011\u2019\u02bc](?=[\p{Alphabetic}\p{N}])|(?<=[0-9])\.(?=[0-9]))*/gu;
  stemmer.tokens = (text) =>
    [...text.matchAll(word)].map((found) => ({ start: found.index, end: found.index + found[0].length, token: found[0] }));
  stemmer.isCode = isCode;
  return stemmer;
})();
