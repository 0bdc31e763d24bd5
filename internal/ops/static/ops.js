// Keeps a page of now, where the browser runs scripts: the server tells that something has
// changed (/events), and the page takes its new content from its own address.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!window.EventSource || !live) return;
  const rest = 5000; // between two looks, in milliseconds
  const ages = 30000; // "3 min ago" is written anew at least so often
  let state = null, looked = Date.now(), timer = 0;

  const busy = () => {
    const at = document.activeElement;
    return (at && at.matches("input, select, textarea, button, summary")) || document.querySelector("main details.ask[open]") !== null ||
      !getSelection().isCollapsed;
  };
  const look = async () => {
    timer = 0;
    if (document.hidden || busy()) { later(rest); return; }
    looked = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) { location.reload(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = document.querySelector("main"), then = fresh.querySelector("main");
      if (!then || busy()) return;
      const open = [...now.querySelectorAll("details")].map((d) => d.open);
      [...then.querySelectorAll("details")].forEach((d, i) => { if (open[i]) d.open = true; });
      const focused = now.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      now.replaceChildren(...then.childNodes);
      if (focused) now.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
      const time = fresh.querySelector("footer time");
      if (time) document.querySelector("footer time").replaceWith(time);
    } catch { /* the next word of the server tries again */ }
  };
  const later = (wait) => { if (!timer) timer = setTimeout(look, wait); };

  const events = new EventSource("/events");
  events.addEventListener("state", (e) => {
    live.hidden = false;
    live.textContent = "live";
    const since = Date.now() - looked;
    if (state !== null && (e.data !== state || since > ages)) later(Math.max(0, rest - since));
    state = e.data;
  });
  events.onerror = () => { live.hidden = false; live.textContent = "not live: the server does not answer"; };
})();
