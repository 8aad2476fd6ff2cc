/* Followup: keeps the search index away until somebody reaches for the search. The theme asks for all
   of it with every page and makes an index of its words: seconds of work with a thousand notes, which
   the page itself, or the one after it, would wait for. */
(function () {
  "use strict";
  var INDEX = /\/search\/search_index\.json$/, SEARCH = "[data-md-component=search], [for=__search]";
  var SIGNS = ["pointerover", "focusin", "change"], open = XMLHttpRequest.prototype.open;

  /* The theme opens its search by this box, whatever was pressed; `q` opens it, `h` marks what was found. */
  function isWanted() {
    var asked = new URLSearchParams(location.search), box = document.getElementById("__search");
    return !box || box.checked || asked.has("q") || asked.has("h");
  }

  function whenWanted(send) {
    if (isWanted()) return send();
    function look(event) {
      if (!isWanted() && !event.target.closest(SEARCH)) return;
      SIGNS.forEach(function (sign) { document.removeEventListener(sign, look, true); });
      send();
    }
    SIGNS.forEach(function (sign) { document.addEventListener(sign, look, true); });
  }

  XMLHttpRequest.prototype.open = function (method, address) {
    var request = this;
    open.apply(request, arguments);
    if (!INDEX.test(address)) return;
    XMLHttpRequest.prototype.open = open;
    request.send = function () { whenWanted(function () { delete request.send; request.send(); }); };
  };
})();
