// Signing in with a token that somebody else made; it stays in this tab.

import { token } from "./api.js";
import { byId, el } from "./dom.js";

/** Who the token says it is; the API alone decides whether that is true. */
export function user() {
  try {
    const [, body] = token.read().split(".");
    const claims = JSON.parse(atob(body.replace(/-/g, "+").replace(/_/g, "/")));
    return {
      name: String(claims.username ?? claims.sub ?? ""),
      roles: claims["cognito:groups"] ?? [],
      until: claims.exp * 1000,
    };
  } catch {
    return null;
  }
}

/** @param {string} why @param {() => void} then */
export function signIn(why, then) {
  document.title = "Sign in - Pharmonico ops";
  showUser(() => {});
  const field = /** @type {HTMLTextAreaElement} */ (
    el("textarea", {
      id: "token",
      rows: "4",
      required: true,
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": "token-hint token-wrong",
    })
  );
  const wrong = el("p", { id: "token-wrong", class: "wrong", role: "alert" }, why);
  const submitted = (/** @type {Event} */ event) => {
    event.preventDefault();
    token.keep(field.value.trim().replace(/^bearer /i, ""));
    const found = user();
    if (found && found.until > Date.now()) return then();
    wrong.textContent = found
      ? "This token has expired: make a new one."
      : "This is no access token.";
    field.focus();
  };
  byId("main").replaceChildren(
    el(
      "form",
      { class: "card narrow", onsubmit: submitted, novalidate: true },
      el("h1", { tabindex: "-1" }, "Sign in"),
      el("p", {}, "Paste an access token of a staff user. On the local cloud this prints one:"),
      el("pre", {}, ".venv/bin/pharmonico token ops"),
      el("label", { for: "token" }, "Access token"),
      el(
        "p",
        { id: "token-hint", class: "note" },
        "It is kept in this tab only and forgotten when you close it.",
      ),
      wrong,
      field,
      el("p", {}, el("button", { class: "primary" }, "Sign in")),
    ),
  );
  field.focus();
}

/** Who is signed in, with the way out. @param {() => void} out */
export function showUser(out) {
  const found = token.read() ? user() : null;
  const leave = () => {
    token.drop();
    out();
  };
  byId("user").replaceChildren(
    ...(found
      ? [
          el("span", {}, `${found.name} (${found.roles.join(", ") || "no role"})`),
          el("button", { type: "button", class: "plain", onclick: leave }, "Sign out"),
        ]
      : []),
  );
}
