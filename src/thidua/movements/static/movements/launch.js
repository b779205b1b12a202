// Choosing units: whole groups at once, counts that follow, a filter that folds diacritics.
// Without this script every box can still be ticked; what the filter hides stays ticked and is sent.
const groups = [...document.querySelectorAll("[data-choose-group]")];
const filter = document.querySelector("[data-choose-filter]");
const sum = document.querySelector("[data-choose-sum]");
const acts = document.querySelector("template[data-choose-acts]");

const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replaceAll("đ", "d");
const boxesOf = (group) => [...group.querySelectorAll("input[name=unit]")];
const isShown = (box) => !box.closest("label").hidden;

function count() {
  let chosen = 0, all = 0, shown = 0;
  for (const group of groups) {
    const boxes = boxesOf(group), ticked = boxes.filter((box) => box.checked).length;
    group.querySelector("[data-choose-count]").textContent = `${ticked}/${boxes.length}`;
    chosen += ticked;
    all += boxes.length;
    shown += boxes.filter(isShown).length;
  }
  sum.textContent = shown ? sum.dataset.words.replace("{chosen}", chosen).replace("{all}", all) : sum.dataset.none;
}

// Words may stand anywhere in the name; groups with a hit open while one searches, and fold back after.
function narrow() {
  const words = folded(filter.value).split(/\s+/).filter(Boolean);
  for (const group of groups) {
    const rows = boxesOf(group).map((box) => box.closest("label"));
    for (const row of rows) row.hidden = !words.every((word) => folded(row.textContent).includes(word));
    group.dataset.wasOpen ??= String(group.open);
    group.hidden = rows.every((row) => row.hidden);
    group.open = words.length ? true : group.dataset.wasOpen === "true";
    if (!words.length) delete group.dataset.wasOpen;
  }
  count();
}

if (filter) {
  document.querySelector("[data-choose-head]").hidden = false;
  for (const group of groups) {
    group.querySelector("summary").after(acts.content.cloneNode(true));
    for (const named of group.querySelectorAll(".choose-acts .unseen")) named.textContent = ` ${group.querySelector("h3").textContent}`;
    group.addEventListener("change", count);
    group.addEventListener("click", (event) => {
      const asked = event.target.closest("[data-choose]");
      if (!asked) return;
      for (const box of boxesOf(group).filter(isShown)) box.checked = asked.dataset.choose === "all";
      count();
    });
  }
  filter.addEventListener("input", narrow);
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it narrows, it does not send the form
  });
  count();
}
