// One side of the card per page: choose, see it, send it, go on.

import { Problem } from "../api.js";
import { el } from "../dom.js";
import { answer } from "../form.js";
import { Unreadable, smaller, upload } from "../photo.js";
import { keep } from "../session.js";
import { maybe, t } from "../words.js";
import { openEnrollment } from "./guard.js";

/** @typedef {"front" | "back"} Side */

/** @param {URL} address */
export async function photo(address) {
  const { pages } = await openEnrollment();
  const side = address.pathname.endsWith("/back") ? "back" : "front";
  const isFromCheck = address.searchParams.get("from") === "check";
  const end = isFromCheck ? "/check" : "/tasks";
  const next = side === "front" ? `/photos/back${isFromCheck ? "?from=check" : ""}` : end;
  const result = el("div", { role: "status" });
  const onward = el("p", { class: "actions" });
  if (pages[`card_${side}`] === "accepted") accepted(result, onward, next);
  else onward.append(later(side === "front" ? end : next));
  return {
    title: t(`photo.${side}`),
    back: end,
    body: [
      el("p", {}, t("photo.text")),
      el("p", { class: "hint", id: "limits" }, t("photo.limits")),
      chooser(side, (file) => send(side, file, { result, onward, next })),
      result,
      onward,
      el(
        "p",
        {},
        el("a", { href: `/insurance${isFromCheck ? "?from=check" : ""}` }, t("photo.type")),
      ),
    ],
  };
}

/** @param {Side} side @param {(file: File) => void} chosen */
function chooser(side, chosen) {
  /** @param {string} words @param {string} id @param {object} more */
  const button = (words, id, more) =>
    el(
      "label",
      { class: `file button second ${id}`, for: id },
      t(words),
      el("input", {
        type: "file",
        id,
        name: id,
        accept: "image/*",
        "aria-describedby": "limits",
        ...more,
        onchange: (/** @type {Event} */ event) => {
          const input = /** @type {HTMLInputElement} */ (event.target);
          const file = input.files?.[0];
          input.value = ""; // the same file may be chosen again after an error
          if (file) chosen(file);
        },
      }),
    );
  return el(
    "div",
    { class: "files", role: "group", "aria-label": t(`photo.side.${side}`) },
    button("photo.take", "camera", { capture: "environment" }),
    button("photo.choose", "chosen", {}),
  );
}

/**
 * @param {Side} side
 * @param {File} file
 * @param {{result: HTMLElement, onward: HTMLElement, next: string}} place
 */
async function send(side, file, place) {
  const { result, onward, next } = place;
  onward.replaceChildren();
  result.replaceChildren(el("p", {}, t("busy")));
  try {
    const small = await smaller(file);
    const bar = el("progress", { max: "1", value: "0", "aria-label": t("photo.sending") });
    const words = el("p", {}, t("photo.sending"));
    result.replaceChildren(preview(side, small), words, bar);
    await keep(
      await upload(side, small, (part) => {
        bar.setAttribute("value", String(part));
        if (part === 1) words.textContent = t("photo.checking");
      }),
    );
    result.replaceChildren(preview(side, small));
    accepted(result, onward, next);
  } catch (problem) {
    refused(problem, place, () => send(side, file, place));
  }
}

/**
 * @param {unknown} problem
 * @param {{result: HTMLElement, onward: HTMLElement, next: string}} place
 * @param {() => void} again
 */
function refused(problem, { result, onward, next }, again) {
  if (
    problem instanceof Problem &&
    (problem.endsSession || [403, 409, 410].includes(problem.status))
  )
    return answer(problem);
  if (!(problem instanceof Problem || problem instanceof Unreadable)) throw problem;
  const isUnreadable = problem instanceof Unreadable;
  const words = isUnreadable ? t("photo.unreadable") : (maybe(problem.code) ?? t("photo.failed"));
  result.replaceChildren(el("p", { class: "wrong" }, words));
  onward.replaceChildren();
  if (!isUnreadable)
    onward.append(el("button", { type: "button", onclick: again }, t("photo.retry")));
  onward.append(later(next));
}

/** @param {HTMLElement} result @param {HTMLElement} onward @param {string} next */
function accepted(result, onward, next) {
  result.append(el("p", { class: "state done" }, `✓ ${t("photo.accepted")}`));
  onward.replaceChildren(el("a", { class: "button", href: next }, t("continue")));
}

/** @param {Side} side @param {Blob} photo */
function preview(side, photo) {
  const src = URL.createObjectURL(photo);
  return el("img", {
    class: "preview",
    src,
    alt: t(`photo.side.${side}`),
    onload: () => URL.revokeObjectURL(src),
  });
}

/** @param {string} href */
const later = (href) => el("a", { href }, t("later"));
