import { afterEach, describe, expect, it, vi } from "vitest";
import { addressOf, ask, call } from "./call.ts";
import { Problem } from "./problem.ts";

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = status === 204 || status === 304 ? null : JSON.stringify(body);
  const fetched = vi.fn(async () => new Response(text, { status, headers }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe("the address of a request", () => {
  it("keeps what is typed inside its segment", () => {
    expect(addressOf("/a/{id}/b", { path: { id: "x/../y" } })).toBe("/a/x%2F..%2Fy/b");
  });

  it("repeats a filter with several values and leaves out what is not asked for", () => {
    const query = { status: ["paid", "shipped"], q: "", plan: null, limit: 5 };
    expect(addressOf("/a", { query })).toBe("/a?status=paid&status=shipped&limit=5");
  });
});

describe("asking the API", () => {
  it("answers the body and its version", async () => {
    answering(200, { status: "ok" }, { ETag: '"7"' });
    const answer = await ask("get", "/health");
    expect(answer).toEqual({ body: { status: "ok" }, etag: '"7"', isUnchanged: false });
  });

  it("says that nothing has changed instead of failing", async () => {
    answering(304, null, { ETag: '"7"' });
    expect(await ask("get", "/health")).toEqual({ body: null, etag: '"7"', isUnchanged: true });
  });

  it("raises a refusal in the API's own words", async () => {
    const body = { code: "link.used", detail: "used", instance: "urn:request:abc" };
    answering(410, body);
    const refused = await call("get", "/health").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ status: 410, code: "link.used", request: "abc" });
  });

  it("raises status 0 when nobody answers", async () => {
    const cut = () => Promise.reject(new TypeError("cut"));
    vi.stubGlobal("fetch", vi.fn(cut));
    await expect(call("get", "/health")).rejects.toMatchObject({ status: 0 });
  });

  it("sends JSON and says so", async () => {
    const fetched = answering(202, { sent: true });
    const body = { token: "t", date_of_birth: "1979-05-17" };
    await call("post", "/api/v1/portal/link", { body });
    expect(fetched).toHaveBeenCalledWith(
      "/api/v1/portal/link",
      expect.objectContaining({
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
  });
});
