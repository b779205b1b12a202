// The check page. Forms open in their item's place; an item is added from words picked in the document;
// keys n (next to check) and c (confirm). Every link and button here works without this script too.
const read = document.getElementById("read");
const paper = document.querySelector("[data-document]");
const fields = document.querySelector("template[data-field-menu]");
const narrow = matchMedia("(max-width: 1023px)");

// ---- Forms in place ----

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest?.("#read .act-edit, #read .check-add");
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const place = link.dataset.place ? document.getElementById(link.dataset.place) : link.closest(".check-line");
  const swap = link.dataset.place ? "innerHTML" : "outerHTML";
  window.htmx.ajax("GET", link.getAttribute("href"), { source: place, target: place, swap }).then(() => {
    if (link.dataset.place && !place.isConnected) return window.location.assign(link.getAttribute("href")); // swapped away meanwhile
    const opened = link.dataset.place ? place : document.getElementById(place.id);
    opened?.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
}, true);

// ---- What a swap would lose: folded sections, the place of the cursor ----

let folded = [];
let next = "";
let asked = new Set();
const waitingIds = () => [...read.querySelectorAll(".check-waiting .check-line")].map((line) => line.id);

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== read) return;
  folded = [...read.querySelectorAll("details.check-section:not([open])")].map((section) => section.id);
  const line = document.activeElement?.closest?.(".check-line");
  const waits = line?.closest(".check-waiting");
  const following = line?.nextElementSibling ?? line?.previousElementSibling;
  next = waits ? following?.id ?? "" : line?.id ?? "";
  asked = new Set([...waitingIds(), waits ? line.id : ""]);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== read) return;
  for (const id of folded) document.getElementById(id)?.removeAttribute("open");
  // A correction that led to new questions shows the first of them; otherwise one stays where one was.
  const fresh = waitingIds().find((id) => !asked.has(id));
  const place = document.getElementById(fresh ?? next);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: fresh ? "center" : "nearest" });
});

// ---- Narrow screens: the document is folded away, an item shows its own sentence ----

const fold = document.querySelector(".check-fold");
const fit = () => { if (fold) fold.open = !narrow.matches; };
fit();
narrow.addEventListener("change", fit);

document.addEventListener("click", (event) => {
  const line = narrow.matches && event.target.closest?.(".check-line[data-item]");
  if (!line || event.target.closest("a, button, form, .check-quote") || line.querySelector(".check-quote")) return;
  const marks = [...document.querySelectorAll(`[data-mark~="${CSS.escape(line.dataset.item)}"]`)];
  if (!marks.length) return;
  const quote = document.createElement("p");
  quote.className = "check-quote";
  quote.textContent = `“${marks.map((mark) => mark.textContent).join(" ")}”`;
  line.querySelector(".check-words").append(quote);
});

// ---- Adding from words picked in the document ----

const placeOf = (node, offset) => {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + before.toString().length;
};

let picker = null;
const closePicker = () => { picker?.remove(); picker = null; };

const openPicker = () => {
  const selection = document.getSelection();
  closePicker();
  if (!selection || selection.isCollapsed || !paper.contains(selection.anchorNode) || !paper.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  const box = range.getBoundingClientRect();
  picker = document.createElement("form");
  picker.className = "check-pick";
  const menu = document.createElement("select");
  menu.setAttribute("aria-label", paper.dataset.menuLabel);
  menu.append(fields.content.cloneNode(true));
  const button = document.createElement("button");
  button.className = "button button-primary button-small";
  button.textContent = paper.dataset.addLabel;
  picker.append(menu, button);
  picker.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = `${paper.dataset.add.replace("FIELD", menu.value)}?start=${start}&end=${end}`;
    const place = document.getElementById(`add-${menu.value}`);
    closePicker();
    if (!place) return window.location.assign(address);
    place.closest("details")?.setAttribute("open", "");
    window.htmx.ajax("GET", address, { source: place, target: place, swap: "innerHTML" }).then(() => {
      place.scrollIntoView({ block: "center" });
      place.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
  });
  document.body.append(picker);
  picker.style.setProperty("left", `${Math.max(8, Math.min(box.left, innerWidth - picker.offsetWidth - 8) + scrollX)}px`);
  picker.style.setProperty("top", `${box.bottom + scrollY + 6}px`);
};

if (paper && fields && paper.dataset.add) {
  document.addEventListener("mouseup", (event) => { if (!picker?.contains(event.target)) setTimeout(openPicker); });
  document.addEventListener("keyup", (event) => { if (event.shiftKey) openPicker(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePicker(); });
}

// ---- Keys ----

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (localStorage.getItem("single-keys") === "off") return;
  const waiting = [...document.querySelectorAll(".check-waiting .check-line")];
  const line = document.activeElement?.closest?.(".check-line");
  if (event.key === "n" && waiting.length) {
    waiting[(waiting.indexOf(line) + 1) % waiting.length].focus();
    event.preventDefault();
  } else if (event.key === "c" && line) {
    line.querySelector(".check-acts button[name=item]:not(.act-no)")?.click();
    event.preventDefault();
  }
});
