// Building elements, and replacing them without taking anything from under the reader's hands.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element: functions under `on…` become listeners, `true` an empty attribute, the rest strings.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  const kept = children.flat().filter((child) => child != null && child !== false);
  node.append(.../** @type {(Node | string)[]} */ (kept));
  return node;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Put fresh content in place; what is typed, opened or focused there stays so, by its id.
 * @param {HTMLElement} place
 * @param {...Child} content
 */
export function refresh(place, ...content) {
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : "";
  const typed = new Map(inputsOf(place).map((input) => [input.id, input.value]));
  const opened = [...place.querySelectorAll("details[open]")].map((details) => details.id);
  place.replaceChildren(.../** @type {Node[]} */ (content.filter(Boolean)));
  for (const input of inputsOf(place)) input.value = typed.get(input.id) ?? input.value;
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** @param {HTMLElement} place @returns {HTMLInputElement[]} */
const inputsOf = (place) =>
  [...place.querySelectorAll("input[id], select[id], textarea[id]")].map(
    (input) => /** @type {HTMLInputElement} */ (input),
  );

/**
 * Tell what happened, on the screen and to screen readers.
 * @param {string} words
 * @param {"good" | "bad"} [tone]
 */
export function say(words, tone = "good") {
  const close = el("button", { type: "button", class: "plain", onclick: hush }, "Close");
  byId("said").replaceChildren(el("div", { class: `said ${tone}` }, el("p", {}, words), close));
}

export function hush() {
  byId("said").replaceChildren();
}
