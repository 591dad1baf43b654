// A card photo: made smaller on the device (which also drops where it was taken), sent straight
// to the bucket, then checked by the API.

import { Problem, call } from "./api.js";

const EDGE_MAX_PX = 1600;
const QUALITY = 0.85;
const TYPE = "image/jpeg";
const UPLOAD_TIMEOUT_MS = 120_000;

/** The file is no picture this browser can read. */
export class Unreadable extends Error {}

/** @param {Blob} file @returns {Promise<Blob>} a JPEG whose longer edge is at most 1600 px */
export async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new Unreadable();
  });
  const scale = Math.min(1, EDGE_MAX_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext("2d");
  if (!paper) throw new Unreadable();
  paper.fillStyle = "#fff"; // what was transparent would turn black in a JPEG
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Unreadable())), TYPE, QUALITY);
  });
}

/**
 * @param {"front" | "back"} side
 * @param {Blob} photo
 * @param {(part: number) => void} progress 0 to 1
 * @returns {Promise<any>} the enrollment's progress
 */
export async function upload(side, photo, progress) {
  const offer = await call("POST", "/uploads", { side, media_type: TYPE });
  if (photo.size > offer.bytes_max) throw new Problem(422, { code: "upload.too_large" });
  const form = new FormData();
  for (const [name, value] of Object.entries(offer.fields)) form.append(name, String(value));
  form.append("file", photo, `${side}.jpg`);
  await post(offer.url, form, progress);
  progress(1);
  return call("POST", `/uploads/${side}/complete`);
}

/**
 * fetch tells nothing of the way up, so this is the older request.
 * @param {string} url
 * @param {FormData} form
 * @param {(part: number) => void} progress
 */
function post(url, form, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(undefined);
      else reject(new Problem(422, { code: "upload.missing" }));
    });
    for (const end of ["error", "timeout"])
      request.addEventListener(end, () => reject(new Problem(0)));
    request.send(form);
  });
}
