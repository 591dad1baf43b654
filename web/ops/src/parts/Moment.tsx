import { momentText } from "./when.ts";

/** A moment where it stands alone, such as in a table; it is never broken over two lines. */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{momentText(at)}</time>;
}
