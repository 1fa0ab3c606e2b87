// What the pages cannot do by themselves: hear from the server, keep times fresh, place menus, copy, and switch the theme.
(() => {
  "use strict";

  // Live -------------------------------------------------------------------------------------------------------------
  // The server says which topic has changed; whatever shows it ("hx-trigger: live:vendor-alerts from:body") then asks again.
  // A hidden page gives its connection back, because browsers allow only six to one host, and catches up when shown.

  const topics = ["vendor-alerts", "vendor-incidents", "devices", "set-ups"];
  const address = document.body.dataset.live;
  const sign = document.getElementById("live-sign");
  const waiting = new Set();
  let source = null;

  function say(state, words) {
    if (sign) {
      sign.dataset.state = state;
      sign.textContent = words;
    }
  }

  function tell(topic) {
    waiting.delete(topic);
    htmx.trigger(document.body, "live:" + topic);
  }

  function connect() {
    if (!address || source) {
      return;
    }
    let broken = false;
    source = new EventSource(address);
    source.onopen = () => {
      say("on", "Live");
      if (broken) {
        broken = false;
        topics.forEach(tell);
      }
    };
    source.onerror = () => {
      broken = true;
      say("off", "Connecting");
      // The browser tries again by itself, except after an answer that is not a stream.
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(connect, 5000);
      }
    };
    topics.forEach(topic => source.addEventListener(topic, () => tell(topic)));
  }

  function disconnect() {
    if (source) {
      source.close();
      source = null;
      say("", "Paused");
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      disconnect();
    } else if (address) {
      connect();
      topics.forEach(tell);
    }
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);

  // Somebody who has a menu open or text selected in a table would lose it to a refresh: it waits until they are done.
  function isBusy(element) {
    const selection = document.getSelection();
    return element.querySelector(":popover-open") !== null
      || (selection && !selection.isCollapsed && element.contains(selection.anchorNode));
  }

  document.addEventListener("htmx:beforeRequest", event => {
    const cause = event.detail.requestConfig.triggeringEvent;
    if (cause && cause.type.startsWith("live:") && isBusy(event.detail.elt)) {
      event.preventDefault();
      waiting.add(cause.type.substring("live:".length));
    }
  });
  setInterval(() => {
    if (!document.hidden) {
      [...waiting].forEach(tell);
    }
  }, 2000);

  // What is still the same version stays as it is, with everything that the reader has unfolded in it. Rows that were not
  // there before light up for a moment.
  let known = null;
  const keys = root => [...root.querySelectorAll("tr[data-key]")].map(row => row.dataset.key);
  document.addEventListener("htmx:beforeSwap", event => {
    const cause = event.detail.requestConfig.triggeringEvent;
    const isLive = cause && cause.type.startsWith("live:");
    const version = event.detail.target.dataset.version;
    if (isLive && version && event.detail.serverResponse.includes(`data-version="${version}"`)) {
      event.detail.shouldSwap = false;
    }
    known = isLive ? new Set(keys(document)) : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (known && known.size > 0) {
      document.querySelectorAll("tr[data-key]").forEach(row => row.classList.toggle("fresh", !known.has(row.dataset.key)));
    }
    known = null;
    showTimes();
    markInvalidFields();
  });

  // A check while somebody types replaces the notes below the fields; the fields then have to agree with them.
  function markInvalidFields() {
    document.querySelectorAll("#device-form [aria-describedby]").forEach(field => {
      const note = document.getElementById("problem-" + field.name);
      field.toggleAttribute("aria-invalid", false);
      if (note && note.textContent && !note.classList.contains("warning")) {
        field.setAttribute("aria-invalid", "true");
      }
    });
  }

  // Time -------------------------------------------------------------------------------------------------------------
  // Ages are counted by the server's clock; this machine's may be wrong. The words are those of the class Moments.

  const clockOffset = Number(document.body.dataset.now || Date.now()) - Date.now();
  const now = () => Date.now() + clockOffset;

  function ago(instant) {
    const seconds = Math.trunc((now() - instant) / 1000);
    if (Math.abs(seconds) < 5) {
      return "just now";
    }
    return seconds < 0 ? "in " + words(-seconds) : words(seconds) + " ago";
  }

  function words(seconds) {
    return seconds < 60 ? seconds + " s"
      : seconds < 3600 ? Math.trunc(seconds / 60) + " min"
      : seconds < 86400 * 2 ? Math.trunc(seconds / 3600) + " h"
      : Math.trunc(seconds / 86400) + " days";
  }

  function showTimes() {
    document.querySelectorAll("time[data-ago], time[data-for]").forEach(time => {
      const at = Date.parse(time.dateTime);
      const text = time.hasAttribute("data-ago") ? ago(at) : words(Math.max(0, Math.trunc((now() - at) / 1000)));
      if (time.textContent !== text) {
        time.textContent = text;
      }
    });
    document.querySelectorAll("progress[data-from]").forEach(bar => {
      bar.value = Math.min(bar.max, (now() - Date.parse(bar.dataset.from)) / 1000);
    });
    const clock = document.getElementById("clock");
    if (clock) {
      clock.textContent = new Date(now()).toISOString().substring(11, 19) + " UTC";
    }
  }
  setInterval(showTimes, 1000);

  // Menus ------------------------------------------------------------------------------------------------------------
  // They lie in the browser's top layer, so that no table cuts them off, and are put beside the button that opens them.

  document.addEventListener("toggle", event => {
    const popup = event.target;
    if (!(popup instanceof HTMLElement) || !popup.matches(".popup[popover]")) {
      return;
    }
    const button = document.querySelector(`[popovertarget="${CSS.escape(popup.id)}"]`);
    const isOpen = event.newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      return;
    }
    const anchor = button.getBoundingClientRect();
    const below = anchor.bottom + 4;
    const height = popup.offsetHeight;
    popup.style.left = Math.max(8, Math.min(anchor.left, innerWidth - popup.offsetWidth - 8)) + "px";
    popup.style.top = (below + height > innerHeight ? Math.max(8, anchor.top - height - 4) : below) + "px";
    popup.querySelector("a, button")?.focus();
  }, true);

  document.addEventListener("keydown", event => {
    const popup = event.target instanceof Element ? event.target.closest(".popup[popover]") : null;
    if (popup && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const items = [...popup.querySelectorAll("a, button")];
      const step = event.key === "ArrowDown" ? 1 : items.length - 1;
      items[(items.indexOf(document.activeElement) + step) % items.length].focus();
    } else if (event.key === "Escape" && !popup) {
      document.querySelector(".pane [data-close]")?.click();
    }
  });

  // A button may offer a value for a field, such as a new GUID.
  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("[data-fill]") : null;
    if (button) {
      const field = document.getElementById(button.dataset.fill);
      field.value = button.dataset.value;
      field.focus();
    }
  });

  // Copy and theme -----------------------------------------------------------------------------------------------------

  document.addEventListener("click", async event => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy], [data-theme-switch]") : null;
    if (!button) {
      return;
    }
    if (button.matches("[data-theme-switch]")) {
      const root = document.documentElement;
      const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      localStorage.setItem("gatehouse-theme", root.dataset.theme);
      return;
    }
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copying is not allowed here";
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });

  connect();
  showTimes();
})();
