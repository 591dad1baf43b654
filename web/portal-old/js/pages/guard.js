// What a page needs before it can be shown.

import { Problem } from "../api.js";
import { Elsewhere } from "../router.js";
import { forget, progress } from "../session.js";
import { held, link } from "../store.js";

/** The enrollment of the session; without one the reader is led to where a session begins. */
export async function enrollment({ full = false } = {}) {
  try {
    const found = (!full && held.progress) || (await progress({ full }));
    if (found && !needsCode(found)) return found;
    if (found) throw new Elsewhere(codeFirst());
  } catch (problem) {
    if (problem instanceof Problem && problem.code === "code.required")
      throw new Elsewhere(codeFirst());
    if (!(problem instanceof Problem) || !problem.endsSession) throw problem;
    forget();
  }
  throw new Elsewhere(link.read() ? "/ended" : "/");
}

/** Where the portal asks for a code before anything else. @param {any} found */
const needsCode = ({ code }) => code.mode === "required" && !code.verified;

/** The page of the code, which leads back here. */
const codeFirst = () => `/code?back=${encodeURIComponent(location.pathname)}`;

/** The same while it can still be changed. */
export async function openEnrollment(how = {}) {
  const found = await enrollment(how);
  if (found.status !== "open") throw new Elsewhere("/done");
  return found;
}

/**
 * What the patient saved, where the session may see it; null before the code or before saving.
 * @param {any} found the enrollment
 */
export async function savedAnswers(found) {
  if (found.code.mode !== "off" && !found.code.verified) return null;
  return (await enrollment({ full: true })).answers;
}
