// From the link to a session: landing, date of birth, a fresh link, the code.

import { call } from "../api.js";
import { isoDate } from "../checks.js";
import { el } from "../dom.js";
import { dateField, textField } from "../fields.js";
import { formOf } from "../form.js";
import { Elsewhere, go } from "../router.js";
import { keep } from "../session.js";
import { held, link, sessionHint } from "../store.js";
import { maybe, t } from "../words.js";

const ENDS = ["expired", "used", "replaced", "locked", "revoked"];
const NOT_RENEWABLE = ["locked", "revoked"];

/** @param {URL} address */
export function landing(address) {
  const payment = new URLSearchParams(address.hash.slice(1)).get("payment") ?? "";
  if (maybe(`payment.${payment}.title`)) return told(`payment.${payment}`);
  if (sessionHint.isLive()) throw new Elsewhere("/tasks");
  if (!link.read()) return told("nolink");
  return {
    title: t("landing.title"),
    body: [
      el("p", {}, t("landing.text")),
      el("p", {}, t("landing.time")),
      el("p", {}, t("landing.need")),
      el(
        "p",
        { class: "actions" },
        el("a", { class: "button", href: "/birth-date" }, t("landing.start")),
      ),
    ],
  };
}

export function birthDate() {
  if (!link.read()) throw new Elsewhere("/");
  return {
    title: t("birth.title"),
    back: "/",
    body: [
      el("p", {}, t("birth.text")),
      birthDateForm(t("continue"), async (proof) => {
        await keep(await call("POST", "/open", proof));
        await go("/tasks", { replace: true });
      }),
    ],
  };
}

/** The link does not open any more; most ends can be mended by a fresh one. @param {URL} address */
export function linkOver(address) {
  const why = address.searchParams.get("why") ?? "";
  const end = ENDS.includes(why) ? why : "expired";
  const view = { title: t(`link.${end}`), body: [el("p", {}, t(`link.${end}.text`))] };
  if (link.read() && !NOT_RENEWABLE.includes(end)) view.body.push(renewalForm());
  return view;
}

export function sessionOver() {
  return {
    title: t("ended.title"),
    body: [el("p", {}, t("ended.text")), link.read() ? renewalForm() : ""],
  };
}

export const renewed = () => told("renew.sent");
export const closed = () => told("closed");
export const left = () => told("left");
export const missing = () => ({
  title: t("missing.title"),
  body: [el("p", {}, el("a", { href: "/" }, t("continue")))],
});

/** A page that only says something. @param {string} key */
function told(key) {
  return { title: t(`${key}.title`), body: [el("p", {}, t(`${key}.text`))] };
}

function renewalForm() {
  return birthDateForm(t("renew.send"), async (proof) => {
    await call("POST", "/link", proof);
    await go("/new-link", { replace: true });
  });
}

/**
 * @param {string} button
 * @param {(proof: {token: string, date_of_birth: string}) => Promise<void>} send
 */
function birthDateForm(button, send) {
  return formOf(
    {
      button,
      check: (values) => {
        held.birthDate = { month: values.month, day: values.day, year: values.year };
        return isoDate(held.birthDate) ? [] : ["date_of_birth"];
      },
      send: () => send({ token: link.read(), date_of_birth: isoDate(held.birthDate) ?? "" }),
      refused: (problem) => {
        const end = problem.code.replace("link.", "");
        if (problem.status !== 410 && problem.status !== 409) return false;
        void go(ENDS.includes(end) ? `/link?why=${end}` : "/closed", { replace: true });
        return true;
      },
    },
    [dateField("date_of_birth", held.birthDate)],
  );
}

/** Where the code was asked for: a page of ours, whatever the address says. @param {URL} address */
function backOf(address) {
  const back = address.searchParams.get("back") ?? "";
  return /^\/[a-z/]*$/.test(back) && !back.startsWith("//") ? back : "/tasks";
}

/** Whether a code was confirmed and by which channel it comes; a reload may have lost both. */
const asking = () => held.progress?.code ?? { verified: false, channel: "any" };

/** @param {URL} address */
export function code(address) {
  const asked = asking();
  const next = backOf(address);
  if (asked.verified) throw new Elsewhere(next);
  return {
    title: t("code.title"),
    body: [
      el("p", {}, t(`code.ask.${asked.channel}`)),
      formOf(
        {
          button: t("code.send"),
          send: async () => {
            await call("POST", "/code");
            await go(`/code/enter?back=${encodeURIComponent(next)}`);
          },
        },
        [],
      ),
    ],
  };
}

/** @param {URL} address */
export function codeEntry(address) {
  const asked = asking();
  const next = backOf(address);
  const again = `/code?back=${encodeURIComponent(next)}`;
  return {
    title: t("code.title"),
    body: [
      el("p", {}, t(`code.${asked.channel}`)),
      formOf(
        {
          button: t("continue"),
          check: (values) => (/^\d{6}$/.test(values.code) ? [] : ["code"]),
          send: async (values) => {
            await keep(await call("POST", "/code/confirm", { code: values.code }));
            await go(next, { replace: true });
          },
        },
        [
          textField("code", {
            inputmode: "numeric",
            autocomplete: "one-time-code",
            width: "short",
          }),
        ],
        el("a", { href: again }, t("code.again")),
      ),
    ],
  };
}
