// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { usePages } from "./usePages.ts";

const PATH = "/api/v1/dispensing";
const QUERY = { pharmacy: "ph_0000001", limit: 2 };

/** A list of these names, two to a page; an answer that stands is a 304. */
function listing(names: string[]) {
  const asked: [cursor: string | null, status: number][] = [];
  vi.stubGlobal("fetch", async (address: string, request: RequestInit) => {
    const cursor = new URL(address, "http://ops.localhost").searchParams.get("cursor");
    const start = Number(cursor ?? 0);
    const items = names.slice(start, start + 2).map((name) => ({ patient_name: name }));
    const isMore = start + 2 < names.length;
    const body = JSON.stringify({ items, next_cursor: isMore ? String(start + 2) : null });
    const known = (request.headers as Record<string, string>)["If-None-Match"];
    const status = known === body ? 304 : 200;
    asked.push([cursor, status]);
    return new Response(status === 304 ? null : body, { status, headers: { ETag: body } });
  });
  return asked;
}

function read() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => usePages(PATH, { query: QUERY }), { wrapper });
  const names = () => hook.result.current.items.map(({ patient_name }) => patient_name);
  return { hook, queries, names };
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("brings the next page when it is asked for, until the list ends", async () => {
  listing(["A", "B", "C"]);
  const { hook, names } = read();
  await waitFor(() => expect(names()).toEqual(["A", "B"]));
  act(() => hook.result.current.more?.());
  await waitFor(() => expect(names()).toEqual(["A", "B", "C"]));
  expect(hook.result.current.more).toBeNull();
});

it("asks every loaded page again, and takes no body for one that stands", async () => {
  const list = ["A", "B", "C"];
  const asked = listing(list);
  const { hook, queries, names } = read();
  await waitFor(() => expect(names()).toEqual(["A", "B"]));
  act(() => hook.result.current.more?.());
  await waitFor(() => expect(names()).toHaveLength(3));
  asked.length = 0;
  list.push("D");
  await act(() => queries.refetchQueries({ queryKey: ["pages"] }));
  await waitFor(() => expect(names()).toEqual(["A", "B", "C", "D"]));
  expect(asked).toEqual([
    [null, 304],
    ["2", 200],
  ]);
});

it("goes on by itself where a page is empty and the list is not over", async () => {
  const answers = [
    { items: [], next_cursor: "2" },
    { items: [{ patient_name: "C" }], next_cursor: null },
  ];
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answers.shift())));
  const { names } = read();
  await waitFor(() => expect(names()).toEqual(["C"]));
});

it("says so when the next page cannot be had, and keeps what it has", async () => {
  listing(["A", "B", "C"]);
  const { hook, names } = read();
  await waitFor(() => expect(names()).toEqual(["A", "B"]));
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 500 }));
  act(() => hook.result.current.more?.());
  await waitFor(() => expect(hook.result.current.error).toBeTruthy());
  expect(names()).toEqual(["A", "B"]);
});
