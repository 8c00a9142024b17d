// Shows the pages of the guide that answer to the ticked questions. What is
// ticked is neither sent nor kept.
const form = document.querySelector("form[data-choose]");
const list = document.getElementById(form.dataset.choose);
const said = form.querySelector("[role=status]");
const unsorted = document.getElementById("without-form");

function show() {
  const ticked = [...form.querySelectorAll("input:checked")].map((box) => box.value);
  let found = 0;
  for (const item of list.children) {
    const needs = item.dataset.for.split(" ").filter(Boolean);
    item.hidden = needs.length > 0 && !needs.some((id) => ticked.includes(id));
    if (!item.hidden) found += 1;
  }
  said.textContent = said.dataset.words.replace("#", found);
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", show);
form.hidden = false;
list.hidden = false;
unsorted.hidden = true;
show();
