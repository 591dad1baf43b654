/** One figure of Prometheus' text format. */
export interface Figure {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^(\w+)(?:\{(.*)\})?\s+(\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The figures of the text; comments and what is no figure fall away. */
export function figuresOf(text: string): Figure[] {
  return text.split("\n").flatMap((line) => {
    const found = LINE.exec(line.trim());
    const value = Number(found?.[3]);
    if (!found?.[1] || Number.isNaN(value)) return [];
    const labels = [...(found[2] ?? "").matchAll(LABEL)].map(([, name, said]) => [name, said]);
    return [{ name: found[1], labels: Object.fromEntries(labels), value }];
  });
}
