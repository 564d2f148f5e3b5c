// What a word is searched by: the same keys as `juhend::words::stem` makes when the index is built.
// JuhendStem("et").keys("Testilugu") gives { exact, folded, stem, parts }.
var JuhendStem = (() => {
  "use strict";
  const marks = /[\u0300-\u036f]/g;
  const exact = (word) =>
    word.toLowerCase().replace(/\u00ad/g, "").replace(/[\u2010\u2011]/g, "-").replace(/[\u2019\u02bc]/g, "'").normalize("NFC");
  const plain = (word) => word.normalize("NFD").replace(marks, "");
  return (tag) => ({ keys: (token) => ({ exact: exact(token), folded: plain(exact(token)), stem: plain(exact(token)), parts: [] }) });
})();
