// Forms: drafts kept on this machine, a question before unsaved work is left, files dropped.
// <form data-draft="key"> keeps a draft; <form data-guard> asks before leaving; both may stand together.

const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

const DAY = 24 * 3600 * 1000;
const KEPT_DAYS = 14;
const WAIT = 800;

const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
// One machine may serve several people: a draft belongs to its account and goes when that account signs out.
const draftsOf = () => `draft:${document.body.dataset.owner ?? ""}:`;
const draftKey = (form) => draftsOf() + form.dataset.draft;

/** What a person typed, without secrets, files and hidden fields. */
function entries(form) {
  return [...form.elements]
    .filter((field) => field.name && !/^(hidden|password|file|submit|button|reset)$/.test(field.type))
    .filter((field) => field.dataset.private === undefined)
    .flatMap((field) => {
      if (/^(checkbox|radio)$/.test(field.type)) return [[field.name, field.value, field.checked]];
      if (field.type === "select-multiple") return [...field.options].map((option) => [field.name, option.value, option.selected]);
      return [[field.name, field.value, true]];
    });
}

const state = (form) => JSON.stringify(entries(form));
const startOf = new WeakMap();
const isDirty = (form) => startOf.has(form) && startOf.get(form) !== state(form);

// ---- Drafts ----

function tellDraft(form, key, at) {
  const place = find("[data-draft-words]", form);
  if (place) place.textContent = place.dataset[key].replace("{time}", time(at));
}

function saveDraft(form) {
  if (!isDirty(form)) return localStorage.removeItem(draftKey(form));
  try {
    const at = Date.now();
    localStorage.setItem(draftKey(form), JSON.stringify({ at, entries: entries(form) }));
    tellDraft(form, "saved", at);
  } catch {
    // No room or not allowed: the form itself works on.
  }
}

function fill(form, kept) {
  const seen = {};
  for (const [name, value, on] of kept) {
    const nth = (seen[name] = (seen[name] ?? -1) + 1);
    const fields = findAll(`[name="${CSS.escape(name)}"]`, form);
    if (/^(checkbox|radio)$/.test(fields[0]?.type)) {
      for (const field of fields) if (field.value === value) field.checked = on;
    } else if (fields[0]?.type === "select-multiple") {
      for (const option of fields[0].options) if (option.value === value) option.selected = on;
    } else if (fields[nth]) {
      fields[nth].value = value;
    }
  }
}

function restoreDraft(form) {
  // What the server sends back with its errors is newer than any draft.
  if (find("[data-error-summary]")) return;
  const kept = JSON.parse(localStorage.getItem(draftKey(form)) ?? "null");
  if (!kept || Date.now() - kept.at > (kept.sent ? 1 : KEPT_DAYS) * DAY) return localStorage.removeItem(draftKey(form));
  if (kept.sent) return offerDraft(form, kept);
  fill(form, kept.entries);
  tellDraft(form, "restored", kept.at);
}

/** A draft that was sent may have been lost on the way (no network, session over): it comes back only when asked for. */
function offerDraft(form, kept) {
  const button = find("[data-draft-restore]", form);
  if (!button) return;
  tellDraft(form, "sent", kept.at);
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    fill(form, kept.entries);
    tellDraft(form, "restored", kept.at);
  });
}

const waiting = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-draft]")) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => saveDraft(form), WAIT));
});

// ---- Leaving ----

let sending = false;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out]")) {
    for (const key of Object.keys(localStorage)) if (key.startsWith(draftsOf())) localStorage.removeItem(key);
  }
  if (event.defaultPrevented || form.method === "dialog") return;
  clearTimeout(waiting.get(form));
  if (form.matches("[data-draft]")) {
    saveDraft(form);
    const kept = JSON.parse(localStorage.getItem(draftKey(form)) ?? "null");
    if (kept) localStorage.setItem(draftKey(form), JSON.stringify({ ...kept, sent: true }));
  }
  sending = form.matches("[data-guard], [data-draft]");
});
window.addEventListener("pageshow", () => { sending = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && findAll("form[data-guard]").some(isDirty)) event.preventDefault();
});

// ---- Days: typed as on paper; the browser's calendar opens beside the field ----

const iconAddress = (name) => `${find("svg.icon use")?.getAttribute("href").split("#")[0]}#${name}`;

function dayParts(written) {
  const [, day, month, year] = written.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/) ?? [];
  return year && `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function addCalendar(field) {
  const frame = document.createElement("span");
  const button = document.createElement("button");
  const calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
  frame.className = "day-pick";
  button.className = "button button-quiet button-icon";
  button.type = "button";
  button.setAttribute("aria-label", field.dataset.day);
  button.innerHTML = `<svg class="icon" width="16" height="16" aria-hidden="true"><use href="${iconAddress("calendar-days")}"/></svg>`;
  calendar.setAttribute("aria-hidden", "true");
  field.replaceWith(frame);
  frame.append(field, calendar, button);
  button.addEventListener("click", () => {
    calendar.value = dayParts(field.value) ?? "";
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    const [year, month, day] = calendar.value.split("-").map(Number);
    field.value = day ? `${day}/${month}/${year}` : "";
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  });
}

function startDays() {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const field of findAll("input[data-day]")) if (!field.closest(".day-pick")) addCalendar(field);
}
document.addEventListener("htmx:afterSettle", startDays);
startDays();

// ---- Files ----

function bytes(count) {
  const units = ["B", "KB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log2(Math.max(count, 1)) / 10), units.length - 1);
  const amount = count / 1024 ** step;
  return `${amount.toLocaleString(document.documentElement.lang, { maximumFractionDigits: step && amount < 10 ? 1 : 0 })} ${units[step]}`;
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-drop]");
  if (!zone || event.target.type !== "file") return;
  find("[data-drop-words]", zone).textContent = [...event.target.files].map((file) => `${file.name}, ${bytes(file.size)}`).join("; ");
});
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    // The field lies over the whole zone, so the browser itself takes the file dropped on it.
    event.target.closest?.("[data-drop]")?.classList.toggle("over", type === "dragover");
  });
}

function startForms() {
  for (const form of findAll("form[data-draft], form[data-guard]")) {
    if (startOf.has(form)) continue;
    startOf.set(form, state(form));
    if (form.matches("[data-draft]")) restoreDraft(form);
  }
}

document.addEventListener("htmx:afterSettle", startForms);
startForms();
