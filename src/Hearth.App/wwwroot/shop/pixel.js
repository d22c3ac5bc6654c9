// Hearth: remembers by which offer somebody came, once they agreed, and tells of their order. See docs/pixel.md.
(function () {
  var me = document.currentScript, data = me.dataset, name = 'hearth_came', query = new URLSearchParams(location.search), came = {};
  var to = new URL(me.src).origin + '/api/v1/pixel/' + encodeURIComponent(data.site);
  ['click', 'visitor'].forEach(function (key) { var value = query.get('hearth_' + key); if (value) came[key] = value; });
  function kept() {
    try {
      var was = JSON.parse(localStorage.getItem(name));
      if (was && was.until > Date.now()) return was;
      localStorage.removeItem(name);
    } catch (e) { /* no storage, or not ours */ }
    return {};
  }
  function consent(given) {
    try {
      if (!given) localStorage.removeItem(name);
      else if (came.click || came.visitor) localStorage.setItem(name, JSON.stringify({ click: came.click, visitor: came.visitor, until: Date.now() + (data.days || 30) * 864e5 }));
    } catch (e) { /* no storage: the order is told with what this page knows */ }
  }
  function order(told) {
    var from = came.click || came.visitor ? came : kept();
    return fetch(to, { method: 'POST', keepalive: true, credentials: 'omit', body: JSON.stringify(Object.assign({ click: from.click, visitor: from.visitor }, told)) }).then(function (answer) { return answer.ok; }, function () { return false; });
  }
  window.hearth = { consent: consent, order: order };
  if ('consent' in data) consent(data.consent !== 'false');
  if (data.order) order(JSON.parse(data.order));
})();
