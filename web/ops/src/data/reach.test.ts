// @vitest-environment happy-dom

import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { liveOptions } from "./live.ts";
import { newQueries } from "./queries.ts";
import { useSilence } from "./reach.ts";

const COUNTS = { tabs: [], counted_at: "2026-03-01T12:00:00Z" };

/** Ask once, of a service that answers so; answers whether it counts as silent afterwards. */
async function isSilentAfter(answer: () => Promise<Response>): Promise<boolean> {
  vi.stubGlobal("fetch", answer);
  const queries = newQueries();
  const options = { ...liveOptions("/api/v1/counts"), retry: false };
  await queries.fetchQuery(options).catch(() => null);
  return renderHook(useSilence).result.current !== null;
}

const answering = (status: number, body: object) => async () =>
  new Response(JSON.stringify(body), { status });

afterEach(() => vi.unstubAllGlobals());

it("is silent while nobody stands behind the door, until somebody answers", async () => {
  expect(await isSilentAfter(answering(503, { code: "engine.down" }))).toBe(true);
  expect(await isSilentAfter(answering(200, COUNTS))).toBe(false);
  expect(await isSilentAfter(() => Promise.reject(new TypeError("cut")))).toBe(true);
  expect(await isSilentAfter(answering(403, { code: "access.denied" }))).toBe(false);
  expect(await isSilentAfter(answering(502, { message: "Bad gateway" }))).toBe(true);
});

it("is not silent because one partner of ours is", async () => {
  expect(await isSilentAfter(answering(200, COUNTS))).toBe(false);
  expect(await isSilentAfter(answering(503, { code: "sign_in.unavailable" }))).toBe(false);
});

it("says so at once to whoever looks", async () => {
  const looking = renderHook(useSilence);
  await isSilentAfter(answering(504, { code: "gateway.timeout" }));
  await waitFor(() => expect(looking.result.current).toBeInstanceOf(Date));
  await isSilentAfter(answering(200, COUNTS));
  await waitFor(() => expect(looking.result.current).toBeNull());
});
