// The keyboard: one letter for what is done most, and a box (Ctrl-K) that goes anywhere and does what the page can do. Nothing
// here can be done by keyboard alone: each key presses a button or follows a link that stands on the page.
(() => {
  "use strict";

  const palette = document.getElementById("palette");
  const sheet = document.getElementById("keys");
  if (!palette || !sheet) {
    return;
  }
  const hasLetters = document.body.dataset.letters !== "off";
  const isShown = element => element.checkVisibility({visibilityProperty: true});
  const label = element => (element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim();

  // Rows ---------------------------------------------------------------------------------------------------------------
  // The row that has the focus is the current one, so that what changes the list meanwhile knows that somebody is in it.

  const rowsOf = () => [...document.querySelectorAll("main [data-rows] > [data-key]")].filter(isShown);
  const currentRow = () => document.activeElement?.closest("[data-rows] > [data-key]") || null;
  let lastKey = null;

  function focusRow(row) {
    const link = row?.querySelector("a.title") || row?.querySelector("a[href], button, input");
    if (link) {
      link.focus();
      lastKey = row.dataset.key;
      row.scrollIntoView({block: "nearest"});
    }
  }

  function move(step) {
    const rows = rowsOf();
    const now = currentRow() || rows.find(row => row.dataset.key === lastKey);
    focusRow(now ? rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(now) + step))] : rows[0]);
  }

  function choose() {
    const box = currentRow()?.querySelector("input[type=checkbox]");
    if (box) {
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", {bubbles: true}));
    }
    return Boolean(box);
  }

  // What is done to rows is done to the current one when none is chosen.
  function chooseCurrent(form) {
    const boxes = [...form.querySelectorAll("[data-rows] input[type=checkbox]")];
    const row = currentRow() || rowsOf().find(each => each.dataset.key === lastKey);
    const box = row?.querySelector("input[type=checkbox]");
    if (box && form.contains(box) && !boxes.some(each => each.checked)) {
      box.checked = true;
    }
  }

  // Presses what stands for a letter: a button is clicked, a menu opens at its first field, a field takes the focus.
  function press(element) {
    const form = element.closest("form");
    if (form?.querySelector("[data-rows]")) {
      chooseCurrent(form);
    }
    if (element.matches("summary")) {
      element.parentElement.open = true;
      (element.parentElement.querySelector("select, input:not([type=hidden]), textarea, button") || element).focus();
    } else if (element.matches("select, input, textarea")) {
      const folded = element.closest("details:not([open])");
      if (folded) {
        folded.open = true;
      }
      element.focus();
      element.scrollIntoView({block: "center"});
    } else {
      element.click();
    }
  }

  function pressLetter(letter) {
    const found = [...document.querySelectorAll(`main [data-hotkey="${letter}"]`)]
      .find(element => isShown(element) || element.closest("details:not([open])"));
    if (found) {
      press(found);
    }
    return Boolean(found);
  }

  // Letters ------------------------------------------------------------------------------------------------------------

  const places = {h: "home", a: "alerts", i: "activity", v: "vendor-alerts", n: "vendor-incidents", q: "hunting",
    r: "detection-rules", d: "devices", s: "alert-analysis"};
  let goUntil = 0;

  function go(letter) {
    const link = document.querySelector(`.menu a[data-section="${places[letter]}"]`);
    if (link) {
      link.click();
    }
    return Boolean(link);
  }

  const isWriting = target => target instanceof Element
    && (target.matches("input:not([type=checkbox], [type=radio]), textarea, select") || target.isContentEditable);

  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
      return;
    }
    if (event.key === "Escape" && event.target instanceof Element && event.target.matches("form.filters input")) {
      event.target.blur();
      move(0);
      return;
    }
    if (!hasLetters || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented
        || isWriting(event.target) || document.querySelector("dialog[open]") || document.querySelector(".frame[inert]")) {
      return;
    }
    const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (goUntil > event.timeStamp && letter) {
      goUntil = 0;
      if (go(letter)) {
        event.preventDefault();
      }
      return;
    }
    const isDone = act(event.key, letter, event);
    if (isDone) {
      event.preventDefault();
    }
  });

  function act(key, letter, event) {
    switch (key) {
      case "/": {
        const box = document.querySelector("main form.filters input[type=search]");
        if (box) {
          box.focus();
          box.select();
        } else {
          open();
        }
        return true;
      }
      case "?":
        sheet.showModal();
        return true;
      default:
    }
    switch (letter) {
      case "j":
        move(1);
        return rowsOf().length > 0;
      case "k":
        move(-1);
        return rowsOf().length > 0;
      case "x":
        return choose();
      case "g":
        goUntil = event.timeStamp + 1500;
        return true;
      default:
        return letter !== "" && pressLetter(letter);
    }
  }

  // Palette ------------------------------------------------------------------------------------------------------------

  const box = palette.querySelector("input");
  const list = palette.querySelector("[role=listbox]");
  const status = palette.querySelector("[role=status]");
  let cameFrom = null;
  let asked = null;
  let timer = 0;

  function open() {
    if (palette.open) {
      return;
    }
    sheet.close();
    cameFrom = document.activeElement;
    box.value = "";
    palette.showModal();
    show("");
  }

  palette.addEventListener("close", () => {
    asked?.abort();
    clearTimeout(timer);
    box.setAttribute("aria-expanded", "false");
  });

  // What the page can do, and where one can go from here; each is a button or a link of the page.
  function commands() {
    const of = (selector, group) => [...document.querySelectorAll(selector)]
      .filter(element => isShown(element) && label(element) !== "" && !element.closest("dialog"))
      .map(element => ({group, text: label(element), key: element.dataset.hotkey || "", run: () => press(element)}));
    return [
      ...of("main :is(.head .actions, .bulk) :is(button, a, summary), main [data-hotkey]:is(button, a, summary)", "On this page"),
      ...of(".menu .views a", "Saved views"),
      ...of(".menu nav a, .menu .organization a, .menu .foot .links :is(a, button)", "Go to"),
      {group: "Help", text: "Keyboard shortcuts", key: "?", run: () => sheet.showModal()},
    ];
  }

  function fits(text, words) {
    const lower = text.toLowerCase();
    return words.every(word => lower.includes(word));
  }

  function option(id, text, key) {
    const item = document.createElement("li");
    item.id = id;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = text;
    item.append(name);
    if (key) {
      const hint = document.createElement("kbd");
      hint.textContent = key.toUpperCase();
      hint.setAttribute("aria-hidden", "true");
      item.append(hint);
    }
    return item;
  }

  function group(title, items) {
    const block = document.createElement("ul");
    block.setAttribute("role", "group");
    block.setAttribute("aria-label", title);
    const caption = document.createElement("li");
    caption.className = "caption";
    caption.setAttribute("role", "presentation");
    caption.setAttribute("aria-hidden", "true");
    caption.textContent = title;
    block.append(caption, ...items);
    return block;
  }

  const runs = new Map();

  function show(text) {
    const words = text.toLowerCase().split(/\s+/).filter(word => word !== "");
    const seen = new Set();
    const groups = new Map();
    runs.clear();
    commands().filter(command => fits(command.text, words)).forEach(command => {
      const name = command.group + "/" + command.text;
      if (seen.has(name)) {
        return;
      }
      seen.add(name);
      const id = "command-" + seen.size;
      runs.set(id, command.run);
      groups.set(command.group, [...(groups.get(command.group) || []), option(id, command.text, command.key)]);
    });
    const blocks = [...groups].map(([title, items]) => group(title, items));
    if (text.trim() !== "") {
      const everything = option("command-search", `Search everything for “${text.trim()}”`, "");
      everything.dataset.address = palette.dataset.search + "?q=" + encodeURIComponent(text.trim());
      blocks.push(group("Search", [everything]));
    }
    list.replaceChildren(...blocks);
    box.setAttribute("aria-expanded", "true");
    select(options()[0]);
    ask(text.trim());
  }

  // What is found comes above what the page can do, without moving what somebody has already gone to.
  function ask(text) {
    asked?.abort();
    clearTimeout(timer);
    status.textContent = "";
    if (text.length < 2) {
      return;
    }
    timer = setTimeout(async () => {
      asked = new AbortController();
      const asking = asked;
      try {
        const answer = await fetch(palette.dataset.suggestions + "?q=" + encodeURIComponent(text),
          {signal: asking.signal, headers: {"Accept": "text/html"}});
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        const found = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (asking.signal.aborted) {
          return;
        }
        const isUntouched = current() === options()[0];
        const count = found.querySelectorAll("[role=option]").length;
        list.prepend(...found.querySelectorAll("[role=group]"));
        status.textContent = count === 0 ? "Nothing is called so." : count === 1 ? "1 found." : count + " found.";
        if (isUntouched) {
          select(options()[0]);
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          status.textContent = "Gatehouse does not answer. What stands here works without it.";
        }
      }
    }, 150);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];
  const current = () => list.querySelector("[aria-selected=true]");

  function select(item) {
    current()?.setAttribute("aria-selected", "false");
    if (item) {
      item.setAttribute("aria-selected", "true");
      box.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({block: "nearest"});
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function run(item, inNewTab) {
    const address = item.dataset.address;
    const command = runs.get(item.id);
    palette.close();
    if (address) {
      if (inNewTab) {
        window.open(address, "_blank", "noopener");
      } else {
        location.assign(address);
      }
    } else if (command) {
      // Where somebody was decides what "this row" is.
      cameFrom?.focus?.();
      command();
    }
  }

  box.addEventListener("input", () => show(box.value));
  box.addEventListener("keydown", event => {
    const all = options();
    const at = all.indexOf(current());
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8};
    if (event.key in steps && all.length > 0) {
      event.preventDefault();
      const step = steps[event.key];
      const next = Math.abs(step) === 1 ? (at + step + all.length) % all.length : Math.max(0, Math.min(all.length - 1, at + step));
      select(all[next]);
    } else if (event.key === "Enter" && !event.isComposing && current()) {
      event.preventDefault();
      run(current(), event.ctrlKey || event.metaKey);
    }
  });
  list.addEventListener("pointermove", event => {
    const item = event.target.closest("[role=option]");
    if (item && item !== current()) {
      select(item);
    }
  });
  list.addEventListener("click", event => {
    const item = event.target.closest("[role=option]");
    if (item) {
      run(item, event.ctrlKey || event.metaKey);
    }
  });
  [palette, sheet].forEach(dialog => dialog.addEventListener("click", event => {
    if (event.target === dialog) {
      dialog.close();
    }
  }));

  document.addEventListener("click", event => {
    const button = event.target instanceof Element ? event.target.closest("[data-open-palette], [data-open-keys], [data-close-dialog]") : null;
    if (button?.matches("[data-open-palette]")) {
      open();
    } else if (button?.matches("[data-open-keys]")) {
      sheet.showModal();
    } else if (button) {
      button.closest("dialog").close();
    }
  });

  // A view is the address as it is now: filters change it without loading the page again.
  document.querySelectorAll("a[data-save-view]").forEach(link => link.addEventListener("click", () => {
    const base = new URL(link.dataset.saveView, location.href).pathname.replace(/\/$/, "");
    const here = location.pathname.startsWith(base) ? location.pathname.substring(base.length) || "/" : location.pathname;
    link.href = link.href.split("?")[0] + "?" + new URLSearchParams({name: document.title.replace(/ · Gatehouse$/, ""),
      address: here + location.search});
  }));
})();
