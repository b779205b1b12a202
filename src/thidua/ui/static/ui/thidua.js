// The frame of every page, its lists, and htmx; forms have their own script. Everything here adds to a page that already works without it.

const root = document.documentElement;
root.classList.add("scripted");

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Say a sentence to those who listen. */
function speak(sentence) {
  const place = find("#spoken");
  if (place) place.textContent = sentence;
}

/** Whether keys typed now belong to a field. */
const isTyping = (event) =>
  event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(checkbox|radio)$/.test(event.target.type);

const singleKeysOn = () => localStorage.getItem("single-keys") !== "off";

/** Whether a bare letter may act as a shortcut: no field, no chord, no open dialog, not switched off. */
const isShortcut = (event) =>
  singleKeysOn() && !isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey && !find("dialog[open]");

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

// ---- Theme and rail ----

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]")) return;
  event.preventDefault();
  const { value } = event.submitter;
  root.dataset.theme = value;
  find("#dark-sheet").media = { dark: "screen", light: "not all" }[value] ?? "screen and (prefers-color-scheme: dark)";
  keep("theme", value);
  for (const button of findAll("[name=theme]", event.target)) {
    button.toggleAttribute("aria-current", button.value === value);
    if (button.value === value) button.setAttribute("aria-current", "true");
  }
});

const railSwitch = find("[data-rail-switch]");
if (railSwitch) {
  railSwitch.hidden = false;
  railSwitch.addEventListener("click", () => {
    const narrow = root.dataset.rail !== "narrow";
    root.dataset.rail = narrow ? "narrow" : "wide";
    railSwitch.setAttribute("aria-expanded", String(!narrow));
    keep("rail", root.dataset.rail);
  });
}
for (const element of findAll("[data-scripted]")) element.hidden = false;
for (const tab of findAll(".tabs [aria-current]")) {
  const strip = tab.closest("ul");
  strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
}

// ---- Menus: one open at a time; a click elsewhere or Escape closes ----

const openMenus = () => findAll("details.menu[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) find("summary", menu).focus();
  }
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// ---- Dialogs ----

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    for (const menu of openMenus()) menu.open = false;
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
    if (location.hash === `#${closer.closest("dialog").id}`) history.replaceState(null, "", location.pathname + location.search);
  } else if (event.target.matches("dialog[open]")) {
    event.target.close(); // the veil around the dialog is the dialog itself
  }
});

// ---- Copying, busy buttons ----

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = find("span", button);
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  speak(button.dataset.copied);
  setTimeout(() => { words.textContent = before; }, 2000);
});

/** Let a button say what goes on, and be pressed no more; return how it is as before. */
function occupy(button) {
  const words = find("span", button);
  const before = words.textContent;
  const beside = findAll("a", button.parentElement);
  // Were it to shrink, the second click of two would fall on what stands beside it.
  button.style.minWidth = `${button.getBoundingClientRect().width}px`;
  words.textContent = button.dataset.busy;
  speak(button.dataset.busy);
  for (const link of beside) link.inert = true;
  // Disabled at once it would not be sent with the form.
  const disabling = setTimeout(() => { button.disabled = true; });
  return () => {
    clearTimeout(disabling);
    button.style.minWidth = "";
    words.textContent = before;
    for (const link of beside) link.inert = false;
    button.disabled = false;
  };
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.busy) return;
  const release = occupy(button);
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) release(); }, { once: true });
});
document.addEventListener("htmx:beforeRequest", ({ detail: { requestConfig, xhr } }) => {
  const button = requestConfig.triggeringEvent?.submitter;
  if (!button?.dataset.busy) return;
  const release = occupy(button);
  xhr.addEventListener("loadend", () => { if (!xhr.getResponseHeader("HX-Redirect")) release(); });
});

// ---- Search: Ctrl-K or / brings the cursor, arrows walk the results ----

const search = find("[data-search] input[role=combobox]");
const results = find("#search-results");
const options = () => findAll("[role=option]:not([aria-disabled])", results);

function showResults(shown) {
  results.hidden = !shown;
  search.setAttribute("aria-expanded", String(shown));
  if (!shown) choose(null);
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    search.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    search.removeAttribute("aria-activedescendant");
  }
}

if (search) {
  search.addEventListener("keydown", (event) => {
    const all = options();
    const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") {
      showResults(false);
      search.blur();
    } else if (results.hidden || !all.length) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(all[now < 0 && step < 0 ? all.length - 1 : (now + step + all.length) % all.length]);
    } else if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      all[now].click();
    }
  });
  search.addEventListener("input", () => { if (!search.value.trim()) showResults(false); });
  search.addEventListener("focusout", (event) => { if (!results.contains(event.relatedTarget)) showResults(false); });
  results.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the cursor in the box
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === results) showResults(search.value.trim() !== "" && document.activeElement === search);
  });
}

document.addEventListener("keydown", (event) => {
  const called = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" || event.key === "/" && isShortcut(event);
  if (called && search?.offsetParent) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?" && isShortcut(event) && find("#keys")) {
    event.preventDefault();
    find("#keys").showModal();
  }
});

const keysSwitch = find("[data-keys-switch]");
if (keysSwitch) {
  keysSwitch.checked = singleKeysOn();
  keysSwitch.addEventListener("change", () => localStorage.setItem("single-keys", keysSwitch.checked ? "on" : "off"));
}

// ---- Paired highlights: [data-item="ID"] and [data-mark~="ID"] light each other up ----

const marksOf = (id) => findAll(`[data-mark~="${CSS.escape(id)}"]`);
const itemsOf = (mark) => mark.dataset.mark.split(/\s+/).filter(Boolean).flatMap((id) => findAll(`[data-item="${CSS.escape(id)}"]`));
let pinned = null;

function partners(element) {
  return element.dataset.item === undefined ? itemsOf(element) : marksOf(element.dataset.item);
}

function light(element, { scroll = false } = {}) {
  for (const lit of findAll(".lit")) lit.classList.remove("lit");
  if (!element) return;
  const others = partners(element);
  for (const one of [element, ...others]) one.classList.add("lit");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (scroll && others[0]) others[0].scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

// A pinned element that has been swapped away pins nothing.
const isPinned = () => pinned?.isConnected ?? false;
const paired = (event) => event.target.closest?.("[data-item], [data-mark]");
document.addEventListener("mouseover", (event) => { if (!isPinned() && paired(event)) light(paired(event)); });
document.addEventListener("mouseout", (event) => { if (!isPinned() && paired(event)) light(null); });
document.addEventListener("focusin", (event) => { if (paired(event)) light(paired(event), { scroll: true }); });
document.addEventListener("click", (event) => {
  const element = paired(event);
  if (!element) return;
  pinned = pinned === element ? null : element;
  light(element, { scroll: true });
});

// ---- htmx: the form protection travels in a header; the answer to a failed request is said ----

document.addEventListener("htmx:configRequest", (event) => {
  const token = find("meta[name=csrf-token]")?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:afterSettle", (event) => {
  find("[data-error-summary]", event.target)?.focus();
});

/** Tell above the page why a request was not answered: the words of the server's page, or that there is no server. */
function tellFailure(answer = "") {
  const template = find("#failed");
  if (!template) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  const said = findAll(".error-page h1, .error-page p:not(.error-code)", page).map((part) => part.textContent.trim());
  const place = template.nextElementSibling;
  place.replaceChildren(template.content.cloneNode(true));
  if (said.length) find("p", place).textContent = said.join(". ").replaceAll("..", ".");
  place.scrollIntoView({ block: "center" });
}
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => tellFailure(xhr.responseText));
document.addEventListener("htmx:sendError", () => tellFailure());
document.addEventListener("htmx:beforeRequest", () => find("#failed")?.nextElementSibling.replaceChildren());

find("[data-error-summary]")?.focus();

// Lists: rows by keyboard (j, k, x, Enter), ticking many rows, the bar that names what is ticked, toasts.

// ---- Keyboard ----

const rowsOf = (table) => findAll("tbody tr", table);
const handle = (row) => find("a[href], summary, button", row) ?? row;

function focusRow(row) {
  const target = handle(row);
  if (target === row) row.tabIndex = -1;
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (!/^[jkx]$/.test(event.key) || !isShortcut(event)) return;
  const table = document.activeElement.closest("table[data-keys]") ?? find("table[data-keys]");
  if (!table) return;
  const rows = rowsOf(table);
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === "x") {
    if (now >= 0) find("[name=selected]", rows[now])?.click();
  } else {
    const next = now + (event.key === "j" ? 1 : -1);
    focusRow(rows[Math.min(Math.max(next, 0), rows.length - 1)]);
  }
  event.preventDefault();
});

// ---- Ticking ----

const NAMED = 3;
let lastTicked = null;

const boxesOf = (form) => findAll(`[name=selected][form="${CSS.escape(form.id)}"]`);

function tellSelection(form) {
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("picked", box.checked);
  form.hidden = ticked.length === 0;
  const names = ticked.slice(0, NAMED).map((box) => box.dataset.name ?? box.getAttribute("aria-label")).join("; ");
  const rest = ticked.length > NAMED ? ` ${form.dataset.more.replace("{n}", ticked.length - NAMED)}` : "";
  find(".selection-words", form).textContent = ticked.length
    ? form.dataset.words.replace("{n}", ticked.length).replace("{names}", names + rest) : "";
  for (const all of findAll(`table[data-select="${CSS.escape(form.id)}"] [data-select-all]`)) {
    all.checked = boxes.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  }
}

/** Tick every row between the last one clicked and this one, as shift-click does elsewhere. */
function tickBetween(box, boxes) {
  const [from, to] = [boxes.indexOf(lastTicked), boxes.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.("[name=selected][form]")) return;
  if (event.shiftKey && lastTicked) tickBetween(box, boxesOf(box.form));
  lastTicked = box;
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("[data-select-all]")) {
    const form = document.getElementById(box.closest("table").dataset.select);
    for (const one of boxesOf(form)) one.checked = box.checked;
    tellSelection(form);
  } else if (box.matches("[name=selected][form]")) {
    tellSelection(box.form);
  }
});

document.addEventListener("reset", (event) => {
  if (event.target.matches("[data-toast]")) event.target.closest(".toast").remove();
  // The boxes are emptied after this event.
  if (event.target.matches("[data-selection]")) setTimeout(() => tellSelection(event.target));
});

function startLists() {
  for (const form of findAll("[data-selection]")) tellSelection(form);
}

document.addEventListener("htmx:afterSettle", startLists);
window.addEventListener("pageshow", startLists);
startLists();
