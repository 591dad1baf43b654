import { onlineManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

/** When the service was last heard, once it is heard no more; null while it answers. */
let silentSince: Date | null = null;
let heardAt = new Date();
const watching = new Set<() => void>();

/** An answer came, whatever it says: somebody is there. */
export function heard(): void {
  heardAt = new Date();
  if (silentSince) tell(null);
}

/** Nobody answered, several times over. */
export function unheard(): void {
  if (!silentSince) tell(heardAt);
}

/** Since when nobody is heard, or null. A line that is cut counts before anything is asked. */
export function useSilence(): Date | null {
  return useSyncExternalStore(watch, () => silentSince);
}

function tell(since: Date | null): void {
  silentSince = since;
  for (const told of watching) told();
}

function watch(told: () => void): () => void {
  watching.add(told);
  return () => watching.delete(told);
}

// Without a line nothing is asked, so nothing would fail; with one again everything is.
onlineManager.subscribe((isOnline) => !isOnline && unheard());
