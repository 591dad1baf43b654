/** The text in bytes that came as base64. */
export function decoded(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** XML with a line for each element, further in the deeper it lies; nothing else is changed. */
export function indented(xml: string): string {
  let depth = 0;
  const parts = xml.replace(/>\s+</g, "><").split(/(?<=>)(?=<)/);
  return parts
    .map((part) => {
      const isEnd = part.startsWith("</");
      const isWhole = isEnd || /<\/|\/>$|\?>$|-->$/.test(part);
      if (isEnd) depth = Math.max(0, depth - 1);
      const line = "  ".repeat(depth) + part;
      if (!isWhole) depth += 1;
      return line;
    })
    .join("\n");
}
