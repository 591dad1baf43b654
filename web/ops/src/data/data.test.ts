import { QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { act } from "./acting.ts";
import { liveOptions } from "./live.ts";

type Sent = [address: string, request: RequestInit];

function answering(...answers: Response[]) {
  const fetched = vi.fn(async (..._: Sent) => answers.shift() as Response);
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

function headerOf(sent: Sent | undefined, name: string): string | undefined {
  const headers = sent?.[1].headers as Record<string, string> | undefined;
  return headers?.[name];
}

afterEach(() => vi.unstubAllGlobals());

describe("asking again", () => {
  it("sends the version it has and keeps what it has when that stands", async () => {
    const counts = { tabs: [], counted_at: "2026-03-01T12:00:00Z" };
    const fetched = answering(
      new Response(JSON.stringify(counts), { headers: { ETag: '"1"' } }),
      new Response(null, { status: 304, headers: { ETag: '"1"' } }),
    );
    const queries = new QueryClient();
    const options = { ...liveOptions("/api/v1/counts"), staleTime: 0 };
    const first = await queries.fetchQuery(options);
    const second = await queries.fetchQuery(options);
    expect(headerOf(fetched.mock.calls[0], "If-None-Match")).toBeUndefined();
    expect(headerOf(fetched.mock.calls[1], "If-None-Match")).toBe('"1"');
    expect(second).toBe(first);
  });
});

describe("a change", () => {
  const path = { prescription_id: "rx_1" };
  const release = () =>
    act("post", "/api/v1/prescriptions/{prescription_id}/release", { path, etag: '"3"' } as never);

  it("keeps its key until it is answered, and takes a new one afterwards", async () => {
    const fetched = answering(
      new Response("{}", { status: 503 }),
      new Response("{}", { status: 200 }),
      new Response("{}", { status: 200 }),
    );
    await expect(release()).rejects.toMatchObject({ status: 503 });
    await release();
    await release();
    const [first, second, third] = fetched.mock.calls.map((sent) =>
      headerOf(sent, "Idempotency-Key"),
    );
    expect(first).toBe(second);
    expect(third).not.toBe(second);
  });

  it("is decided upon the version that was seen", async () => {
    const fetched = answering(new Response("{}", { status: 200 }));
    await release();
    expect(headerOf(fetched.mock.calls[0], "If-Match")).toBe('"3"');
  });
});
