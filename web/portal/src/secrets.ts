import { forgetVisit, link, orderReference } from "./remember.ts";

/**
 * Take what a message's link carries behind `#` out of the address, so that it stays out of the
 * history, of bookmarks and of whatever reads addresses; says whether there was something.
 */
export function takeSecrets(): boolean {
  const behind = new URLSearchParams(location.hash.slice(1));
  const token = behind.get("t");
  const reference = behind.get("r");
  if (!token && !reference) return false;
  if (token) {
    forgetVisit(); // a new link is a new session, even on a shared phone
    link.keep(token);
  }
  if (reference) orderReference.keep(reference);
  history.replaceState(null, "", location.pathname + location.search);
  return true;
}
