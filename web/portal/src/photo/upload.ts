import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Progress } from "../session.tsx";
import { PHOTO_TYPE } from "./smaller.ts";

const UPLOAD_TIMEOUT_MS = 120_000;
const CHECK_PAUSE_MS = 1_000;
const CHECKS_MAX = 30;

export type Side = "front" | "back";

/** The patient stopped it. */
export class Stopped extends Error {}

export interface Sending {
  progress: (part: number) => void;
  signal: AbortSignal;
}

/** Send the photo straight to the bucket and have it checked; answers the enrollment's progress. */
export async function upload(side: Side, photo: Blob, sending: Sending): Promise<Progress> {
  const body = { side, media_type: PHOTO_TYPE } as const;
  const offer = await call("post", "/api/v1/portal/uploads", { body });
  if (photo.size > offer.bytes_max) throw new Problem(422, { code: "upload.too_large" });
  const form = new FormData();
  for (const [name, value] of Object.entries(offer.fields)) form.append(name, value);
  form.append("file", photo, `${side}.jpg`);
  await post(offer.url, form, sending);
  sending.progress(1);
  return checked(side, sending.signal);
}

/** The photo counts once it was looked at, which may take a moment after its arrival. */
async function checked(side: Side, signal: AbortSignal): Promise<Progress> {
  for (let round = 0; ; round += 1) {
    const path = { side };
    const progress = await call("post", "/api/v1/portal/uploads/{side}/complete", { path });
    if (progress.pages[`card_${side}`] === "accepted") return progress;
    if (round === CHECKS_MAX) throw new Problem(422, { code: "upload.missing" });
    await new Promise((resolve) => setTimeout(resolve, CHECK_PAUSE_MS));
    if (signal.aborted) throw new Stopped();
  }
}

/** fetch tells nothing of the way up, so this is the older request. */
function post(url: string, form: FormData, { progress, signal }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve();
      else reject(new Problem(422, { code: "upload.missing" }));
    });
    request.addEventListener("abort", () => reject(new Stopped()));
    for (const end of ["error", "timeout"]) {
      request.addEventListener(end, () => reject(new Problem(0)));
    }
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
