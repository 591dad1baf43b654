/** A card photo made smaller on the device, which also drops where it was taken. */

const EDGE_MAX_PX = 1600;
const QUALITY = 0.85;
export const PHOTO_TYPE = "image/jpeg";

/** The file is no picture this browser can read. */
export class Unreadable extends Error {}

/** A JPEG whose longer edge has at most 1600 px; raises `Unreadable`. */
export async function smaller(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new Unreadable();
  });
  const { width, height } = fitting(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext("2d");
  if (!paper) throw new Unreadable();
  paper.fillStyle = "#fff"; // what was transparent would turn black in a JPEG
  paper.fillRect(0, 0, width, height);
  paper.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((resolve, reject) => {
    const taken = (blob: Blob | null) => (blob ? resolve(blob) : reject(new Unreadable()));
    canvas.toBlob(taken, PHOTO_TYPE, QUALITY);
  });
}

/** The same shape within the longest edge; nothing is made larger. */
export function fitting(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, EDGE_MAX_PX / Math.max(width, height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
