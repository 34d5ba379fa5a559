(function () {
  "use strict";
  document.documentElement.classList.add("js");
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var asked = new URLSearchParams(location.search).get("q") || "";
  var fold = function (text) { return text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1"); };
  var words = function (text) { return fold(text).split(/\s+/).filter(Boolean); };

  function reveal() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    var source = document.getElementById("show-source");
    if (source) { if (/^o-/.test(id)) { source.checked = true; } else if (/^w-/.test(id)) { source.checked = false; } }
    target.scrollIntoView({ block: "center" });
    if (target.tabIndex >= 0 || target.hasAttribute("tabindex")) { target.focus({ preventScroll: true }); }
    light(id.replace(/^(fact|w|o)-/, ""));
  }

  function light(id) {
    all(".lit").forEach(function (one) { one.classList.remove("lit"); });
    ["fact-", "w-", "o-", ""].forEach(function (kind) {
      var one = document.getElementById(kind + id);
      if (one && (one.classList.contains("fig") || one.classList.contains("note"))) { one.classList.add("lit"); }
    });
    var boxes = all('.picture a[href="#fact-' + CSS.escape(id) + '"]');
    boxes.forEach(function (one) { one.classList.add("lit"); });
    if (boxes.length) { bring(boxes[0], boxes[0].closest(".pictures")); }
  }

  function bring(one, pane) {
    var at = one.getBoundingClientRect(), seen = pane.getBoundingClientRect();
    if (at.top < seen.top || at.bottom > seen.bottom) { pane.scrollTop += at.top - seen.top - pane.clientHeight / 3; }
  }

  all(".filter").forEach(function (input) {
    var rows = all(input.getAttribute("data-rows"));
    var texts = rows.map(function (row) { return fold(row.textContent + " " + heading(row) + " " + (row.getAttribute("data-also") || "")); });
    var count = input.closest("p").querySelector(".filter-count");
    function apply() {
      var wanted = words(input.value), shown = 0;
      rows.forEach(function (row, at) {
        row.hidden = !wanted.every(function (word) { return texts[at].indexOf(word) >= 0; });
        shown += row.hidden ? 0 : 1;
      });
      all("section.series, section.group").forEach(function (part) {
        var own = rows.filter(function (row) { return part.contains(row); });
        part.hidden = own.length > 0 && own.every(function (row) { return row.hidden; });
      });
      count.textContent = wanted.length ? shown + " / " + rows.length : "";
    }
    input.addEventListener("input", apply);
    if (asked) { input.value = asked; apply(); }
  });

  function heading(row) {
    var part = row.closest("section");
    var head = part && part.querySelector("h2, h3");
    return head ? head.textContent : "";
  }

  function search(input) {
    var index = JSON.parse(document.getElementById("index").textContent);
    var keys = index.map(function (row) { return [fold(row[1]), fold(row[1] + " " + row[2])]; });
    // The same figure stands in a notice and its interpretation: which one it is, its title tells.
    var titles = {};
    index.forEach(function (row) { if (row[0] === "n") { titles[row[3]] = row[1]; } });
    var list = document.getElementById("results"), found = document.getElementById("found");
    document.getElementById("without-script").hidden = true;
    function run() {
      var wanted = words(input.value);
      list.textContent = "";
      found.textContent = "";
      if (!wanted.length) { return; }
      var hits = [];
      keys.forEach(function (key, at) {
        if (!wanted.every(function (word) { return key[1].indexOf(word) >= 0; })) { return; }
        var named = wanted.filter(function (word) { return key[0].indexOf(word) >= 0; }).length;
        hits.push([-named, "inf".indexOf(index[at][0]), at]);
      });
      hits.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]; });
      found.textContent = !hits.length ? found.dataset.none
        : (hits.length > 200 ? found.dataset.more : found.dataset.some).replace("{}", hits.length);
      hits.slice(0, 200).forEach(function (hit) { list.appendChild(result(index[hit[2]], wanted)); });
    }
    function result(row, wanted) {
      var item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span"), small = document.createElement("span");
      kind.className = "tag"; kind.textContent = list.getAttribute("data-" + row[0]);
      link.href = row[0] === "i" ? row[3] + "?q=" + encodeURIComponent(wanted.filter(function (word) { return fold(row[1]).indexOf(word) < 0; }).join(" ")) : row[3];
      link.textContent = row[1];
      small.className = "small";
      var shown = row[2].split(" ").filter(function (word, at) { return at < 8 || wanted.some(function (one) { return fold(word).indexOf(one) >= 0; }); });
      small.textContent = shown.slice(0, 24).concat(row[0] === "f" ? ["·", titles[row[3].split("#")[0]]] : []).join(" ");
      item.append(kind, " ", link, small);
      return item;
    }
    input.addEventListener("input", run);
    input.value = asked;
    run();
    input.focus();
  }

  all(".chart-box .scroll").forEach(function (box) { box.scrollLeft = box.scrollWidth; });

  all(".fig[id], .note[id]").forEach(function (one) {
    ["mouseenter", "focusin"].forEach(function (name) {
      one.addEventListener(name, function () { light(one.id.replace(/^(fact|w|o)-/, "")); });
    });
  });
  all(".picture a").forEach(function (one) {
    ["mouseenter", "focus"].forEach(function (name) {
      one.addEventListener(name, function () { light(one.getAttribute("href").slice(6)); });
    });
  });
  window.addEventListener("beforeprint", function () { all(".move details, .doubt-item details, .fold").forEach(function (one) { one.open = true; }); });
  window.addEventListener("hashchange", reveal);
  if (document.getElementById("index")) { search(document.getElementById("q")); }
  reveal();
})();
