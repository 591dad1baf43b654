// What a page needs before it can be shown.

import { Problem } from "../api.js";
import { Elsewhere } from "../router.js";
import { forget, progress } from "../session.js";
import { held, link } from "../store.js";

/** The enrollment of the session; without one the reader is led to where a session begins. */
export async function enrollment({ full = false } = {}) {
  try {
    const found = (!full && held.progress) || (await progress({ full }));
    if (found) return found;
  } catch (problem) {
    if (!(problem instanceof Problem) || !problem.endsSession) throw problem;
    forget();
  }
  throw new Elsewhere(link.read() ? "/ended" : "/");
}

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
