// What the pages cannot do by themselves: hear from the server, keep times fresh, place menus, copy, and switch the theme.
(() => {
  "use strict";

  // Live -------------------------------------------------------------------------------------------------------------
  // The server says which topic has changed; whatever shows it ("hx-trigger: live:vendor-alerts from:body") then asks again.
  // A hidden page gives its connection back, because browsers allow only six to one host. Whoever opens a stream says up to
  // where the page knows of everything, and is told what has changed since: between the making of a page and its listening,
  // too.

  const topics = ["alerts", "investigations", "vendor-alerts", "vendor-incidents", "devices", "set-ups"];
  const address = document.body.dataset.live;
  const sign = document.getElementById("live-sign");
  let heardUpTo = document.body.dataset.liveSince || "";
  let source = null;

  function say(state, words) {
    if (sign) {
      sign.dataset.state = state;
      sign.textContent = words;
    }
  }

  // However often a topic changes, a page asks again after a second at the earliest, and the later, the longer the server
  // takes to answer: all of its asking takes no more than a twentieth of the time.
  const shortestPause = 1000;
  const longestPause = 10000;
  const pauseAfterFailure = 5000;
  const share = 20;
  let pause = shortestPause;
  const told = new Map();
  const waiting = new Set();

  function tell(topic) {
    const since = Date.now() - (told.get(topic) || 0);
    if (since >= pause) {
      told.set(topic, Date.now());
      htmx.trigger(document.body, "live:" + topic);
    } else if (!waiting.has(topic)) {
      waiting.add(topic);
      setTimeout(() => {
        waiting.delete(topic);
        tell(topic);
      }, pause - since);
    }
  }

  function connect() {
    if (!address || source) {
      return;
    }
    source = new EventSource(heardUpTo ? address + "?since=" + encodeURIComponent(heardUpTo) : address);
    const heard = event => {
      heardUpTo = event.lastEventId || heardUpTo;
      lastHeard = Date.now();
      say("on", "Live");
      connected();
    };
    source.onopen = heard;
    source.onerror = () => {
      say("off", "Connecting");
      disconnected();
      // The browser tries again by itself, except after an answer that is not a stream.
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(connect, 5000);
      }
    };
    source.addEventListener("beat", heard);
    topics.forEach(topic => source.addEventListener(topic, event => {
      heard(event);
      tell(topic);
    }));
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
      lastHeard = Date.now();
      connect();
    }
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", connect);

  // Connection ---------------------------------------------------------------------------------------------------------
  // A page that hears nothing more says since when. A stream that ends is opened again within seconds, which is no news; one
  // that is silent for much longer than the server ever is, is cut somewhere on the way.

  const patience = 6000;
  const longestSilence = 45000;
  const banner = document.getElementById("connection");
  let lastHeard = Date.now();
  let lostAt = 0;

  function connected() {
    const wasLost = lostAt > 0;
    lostAt = 0;
    if (banner && !banner.hidden) {
      banner.hidden = true;
      banner.textContent = "";
    }
    if (wasLost) {
      document.querySelectorAll("form[data-unanswered]").forEach(form => htmx.trigger(form, "submit"));
    }
  }

  function disconnected() {
    if (lostAt === 0) {
      lostAt = Date.now();
    }
  }

  setInterval(() => {
    if (document.hidden || !banner) {
      return;
    }
    if (source && lostAt === 0 && Date.now() - lastHeard > longestSilence) {
      lostAt = lastHeard;
      source.close();
      source = null;
      say("off", "Connecting");
      connect();
    }
    if (lostAt > 0 && Date.now() - lostAt > patience && banner.hidden) {
      banner.textContent = `Not connected since ${clockTime(lostAt + clockOffset)}: what you see is from then. Trying again.`;
      banner.hidden = false;
    }
  }, 1000);

  // News that a page could not get are asked for once more: it may be long until their topic changes again.
  function askAgain(config) {
    const type = config?.triggeringEvent?.type || "";
    if (type.startsWith("live:")) {
      setTimeout(() => tell(type.substring("live:".length)), pauseAfterFailure);
    }
  }

  // A search that could not be asked keeps what was typed, and says that the list below is not its answer.
  function unanswered(event) {
    const {elt, xhr, requestConfig} = event.detail;
    const form = elt instanceof Element ? elt.closest("form.filters") : null;
    if (xhr && xhr.status >= 400 && xhr.status < 500) {
      return;
    }
    askAgain(requestConfig);
    if (form) {
      form.dataset.unanswered = "true";
      let note = form.querySelector(".unanswered");
      if (!note) {
        note = document.createElement("p");
        note.className = "unanswered problem";
        note.setAttribute("role", "alert");
        form.append(note);
      }
      note.textContent = "Gatehouse does not answer: the list below is not what you asked for. It is asked again by itself.";
    }
    disconnected();
  }

  function answered(form) {
    document.getElementById("left-out")?.remove();
    delete form.dataset.unanswered;
    form.querySelector(".unanswered")?.remove();
  }
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(name => document.addEventListener(name, unanswered));

  // Regions ------------------------------------------------------------------------------------------------------------
  // A region is the part of a page that hx-select names. The server answers with it alone, and with nothing at all when it
  // is as we have it. What comes is not put in the place of what is there: what is there is changed where it differs, so that
  // focus, open details and menus, selected text and scrolling stay.

  const tags = new Map();
  const regionOf = elt => {
    const select = elt.closest("[hx-select]")?.getAttribute("hx-select");
    return select && select.startsWith("#") ? select.substring(1) : null;
  };
  const isNews = config => config.verb === "get" && regionOf(config.elt) !== null
    && (!config.triggeringEvent || config.triggeringEvent.type.startsWith("live:"));
  // Whether the reader asked for what is being put on the page, or the server's news did.
  let isLive = false;

  document.addEventListener("htmx:configRequest", event => {
    const detail = event.detail;
    const region = detail.verb === "get" ? regionOf(detail.elt) : null;
    if (region) {
      detail.headers["Gatehouse-Region"] = region;
      detail.timeout = 20000;
      const tag = tags.get(region);
      if (tag && isNews(detail)) {
        detail.headers["If-None-Match"] = tag;
      }
    }
  });

  const asked = new WeakMap();
  document.addEventListener("htmx:beforeRequest", event => {
    if (isNews(event.detail.requestConfig)) {
      asked.set(event.detail.xhr, performance.now());
    }
  });
  document.addEventListener("htmx:afterRequest", event => {
    const began = asked.get(event.detail.xhr);
    if (began !== undefined) {
      pause = Math.min(longestPause, Math.max(shortestPause, share * (performance.now() - began)));
    }
  });

  document.addEventListener("htmx:beforeSwap", event => {
    const {xhr, requestConfig, serverResponse} = event.detail;
    const region = requestConfig.verb === "get" ? regionOf(requestConfig.elt) : null;
    isLive = isNews(requestConfig);
    if (!region || xhr.status !== 200) {
      return;
    }
    if (!serverResponse.includes(`id="${region}"`)) {
      event.detail.shouldSwap = false;
      return;
    }
    const tag = xhr.getResponseHeader("ETag");
    if (tag) {
      tags.set(region, tag);
    }
    const form = requestConfig.elt.closest("form.filters");
    if (form) {
      answered(form);
    }
  });

  // Rows that are there are changed where they stand. Whether rows may come and go is another question: not under the
  // pointer of somebody who is about to click.
  const held = new Map();
  let released = null;
  const key = element => element.dataset.key;
  const keyed = element => [...element.children].filter(child => child.dataset.key);

  function hasSelection(element) {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
  }

  function isAtRest(rows) {
    const list = rows.closest(".card") || document;
    return !list.querySelector("a[rel=prev]")
      && !rows.matches(":hover")
      && !rows.contains(document.activeElement)
      && !rows.querySelector("details[open], :popover-open")
      && !hasSelection(rows)
      && rows.getBoundingClientRect().top >= 0;
  }

  function changeKnownRows(rows, next) {
    const now = new Map(keyed(next).map(row => [key(row), row]));
    keyed(rows).filter(row => now.has(key(row))).forEach(row => {
      Idiomorph.morph(row, now.get(key(row)).cloneNode(true), {callbacks});
      htmx.process(row);
    });
  }

  function offer(rows, next) {
    const known = new Set(keyed(rows).map(key));
    const fresh = keyed(next).filter(row => !known.has(key(row))).length;
    held.set(rows.id, next.cloneNode(true));
    const place = rows.closest("table") || rows;
    const scroll = place.closest(".scroll") || place;
    let news = document.getElementById("news-" + rows.id);
    if (!news) {
      news = document.createElement("div");
      news.id = "news-" + rows.id;
      news.className = "news";
      news.setAttribute("role", "status");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small primary";
      button.dataset.news = rows.id;
      news.append(button);
      scroll.before(news);
    }
    const words = fresh > 0 ? fresh + " new" : "In another order now";
    if (news.firstChild.textContent !== words) {
      news.firstChild.textContent = words;
    }
  }

  function withdraw(rows) {
    held.delete(rows.id);
    document.getElementById("news-" + rows.id)?.remove();
  }

  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("[data-news]") : null;
    const rows = button ? document.getElementById(button.dataset.news) : null;
    const next = rows ? held.get(rows.id) : null;
    if (!next) {
      return;
    }
    withdraw(rows);
    isLive = true;
    released = rows;
    morph(rows, next);
    isLive = false;
    released = null;
    htmx.process(rows);
    showTimes();
    rows.closest(".card")?.scrollIntoView({block: "nearest"});
    // Who came by keyboard goes on in the list.
    if (event.detail === 0) {
      rows.querySelector("a, button")?.focus();
    }
  });

  const hasKeys = (one, other) => {
    const before = keyed(one).map(key);
    const after = keyed(other).map(key);
    return before.length === after.length && before.every((each, index) => each === after[index]);
  };

  // What the reader has typed or chosen, and the server has not heard of.
  function isTouched(field) {
    return field.matches("input[type=checkbox], input[type=radio]") ? field.checked !== field.defaultChecked
      : field.matches("select") ? [...field.options].some(option => option.selected !== option.defaultSelected)
      : field.matches("input, textarea") && (field.value !== field.defaultValue || field === document.activeElement);
  }

  const callbacks = {
    beforeNodeMorphed(old, next) {
      if (old.nodeType === Node.TEXT_NODE) {
        const selection = document.getSelection();
        return selection === null || selection.isCollapsed || !selection.containsNode(old, true);
      }
      if (old.nodeType !== Node.ELEMENT_NODE || next.nodeType !== Node.ELEMENT_NODE) {
        return true;
      }
      if (old.matches("[data-keep], input[name=_csrf]") || isTouched(old)) {
        return false;
      }
      if (isLive && old.dataset.version && old.dataset.version === next.dataset.version) {
        return false;
      }
      if (old.matches("details")) {
        next.open = old.open;
      }
      if (old.matches("[data-rows]")) {
        if (isLive && !hasKeys(old, next) && keyed(old).length > 0 && old !== released && !isAtRest(old)) {
          changeKnownRows(old, next);
          offer(old, next);
          return false;
        }
        withdraw(old);
      }
      return true;
    },
    beforeAttributeUpdated(name, element) {
      return !(name === "aria-expanded" && element.hasAttribute("popovertarget"))
        && !(name === "style" && element.matches(".popup"));
    },
    beforeNodeRemoved(node) {
      return !(node instanceof Element && node.matches(".news"));
    },
    afterNodeAdded(node) {
      if (isLive && node instanceof Element && node.matches("tr[data-key]")) {
        node.classList.add("fresh");
      }
    },
  };

  // Rows are known by their keys; the library knows elements by their ids.
  function identify(root) {
    root.querySelectorAll("[data-rows] > [data-key]:not([id])").forEach(row => {
      row.id = row.parentElement.id + "/" + row.dataset.key;
    });
  }

  function morph(target, content) {
    const holder = document.createElement("div");
    holder.append(...(content instanceof DocumentFragment ? content.children : [content]));
    identify(document);
    identify(holder);
    return Idiomorph.morph(target, [...holder.children], {morphStyle: "outerHTML", callbacks});
  }

  htmx.defineExtension("morph", {
    isInlineSwap: style => style === "morph",
    handleSwap: (style, target, fragment) => style === "morph" ? morph(target, fragment) : false,
  });

  // A plan that waits for a yes comes into view as it appears, unless somebody is typing.
  let phase = document.getElementById("run")?.dataset.phase;
  function showPlan() {
    const run = document.getElementById("run");
    if (run && run.dataset.phase !== phase) {
      phase = run.dataset.phase;
      const isTyping = document.activeElement?.matches("input, textarea, select");
      if (phase === "planned" && !isTyping) {
        run.scrollIntoView({block: "start"});
      }
    }
  }

  // What is wider than its place can be scrolled by keyboard, too.
  function showScrollers() {
    document.querySelectorAll(".scroll").forEach(place => {
      if (place.scrollWidth > place.clientWidth) {
        place.tabIndex = 0;
      } else {
        place.removeAttribute("tabindex");
      }
    });
  }
  document.addEventListener("htmx:afterSwap", showScrollers);

  // A window, an opened part or a text that grows changes what is wide, too.
  const widths = new ResizeObserver(showScrollers);
  function watchScrollers() {
    document.querySelectorAll(".scroll").forEach(place => [place, ...place.children].forEach(each => widths.observe(each)));
  }

  document.addEventListener("htmx:afterSettle", () => {
    isLive = false;
    showScrollers();
    watchScrollers();
    showPlan();
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
  const zone = document.body.dataset.zone || "UTC";
  const clockTime = (instant, seconds) => new Date(instant).toLocaleTimeString("en-GB",
    {timeZone: zone, hour: "2-digit", minute: "2-digit", second: seconds, timeZoneName: "short"});

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
    let isWider = false;
    document.querySelectorAll("time[data-ago], time[data-for]").forEach(time => {
      if (hasSelection(time)) {
        return;
      }
      const at = Date.parse(time.dateTime);
      const text = time.hasAttribute("data-ago") ? ago(at) : words(Math.max(0, Math.trunc((now() - at) / 1000)));
      if (time.textContent !== text) {
        isWider = isWider || text.length > time.textContent.length;
        time.textContent = text;
      }
    });
    // "10 s ago" can be what makes a table wider than its place.
    if (isWider) {
      showScrollers();
    }
    document.querySelectorAll("progress[data-from]").forEach(bar => {
      bar.value = Math.min(bar.max, (now() - Date.parse(bar.dataset.from)) / 1000);
    });
    const clock = document.getElementById("clock");
    if (clock) {
      clock.textContent = clockTime(now(), "2-digit");
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
  showScrollers();
  watchScrollers();
})();
