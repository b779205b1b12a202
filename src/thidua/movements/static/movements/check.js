// The check page: add an item from words picked in the document; keys n (next to check) and c (confirm).
const documentText = document.querySelector("[data-document][data-add]");
const fields = document.querySelector("template[data-field-menu]");

const placeOf = (node, offset) => {
  const segment = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-start]");
  return segment ? Number(segment.dataset.start) + offset : null;
};

let picker = null;
const closePicker = () => { picker?.remove(); picker = null; };

const openPicker = () => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !documentText.contains(selection.anchorNode) || !documentText.contains(selection.focusNode)) return closePicker();
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return closePicker();
  closePicker();
  const box = range.getBoundingClientRect();
  picker = document.createElement("form");
  picker.className = "check-pick";
  const menu = document.createElement("select");
  menu.setAttribute("aria-label", documentText.dataset.menuLabel);
  menu.append(fields.content.cloneNode(true));
  const button = document.createElement("button");
  button.className = "button button-primary button-small";
  button.textContent = documentText.dataset.addLabel;
  picker.append(menu, button);
  picker.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = documentText.dataset.add.replace("FIELD", menu.value);
    window.location.assign(`${address}?start=${start}&end=${end}`);
  });
  document.body.append(picker);
  picker.style.setProperty("left", `${Math.max(8, box.left + window.scrollX)}px`);
  picker.style.setProperty("top", `${box.bottom + window.scrollY + 6}px`);
};

if (documentText && fields) {
  document.addEventListener("mouseup", (event) => { if (!picker?.contains(event.target)) setTimeout(openPicker); });
  document.addEventListener("keyup", (event) => { if (event.shiftKey) openPicker(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closePicker(); });
}

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const waiting = [...document.querySelectorAll(".check-waiting .check-line")];
  const at = waiting.indexOf(document.activeElement?.closest?.(".check-line"));
  if (event.key === "n" && waiting.length) {
    waiting[(at + 1) % waiting.length].focus();
    event.preventDefault();
  } else if (event.key === "c" && at >= 0) {
    waiting[at].querySelector("form button")?.click();
    event.preventDefault();
  }
});
