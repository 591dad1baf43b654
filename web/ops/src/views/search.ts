import type { Model } from "@pharmonico/shared/api/types.ts";
import { type Shown, shownSearch } from "./prescription/shown.ts";

/** What the address of a list says: every filter, sort, column and open prescription is a link. */
export interface ListSearch extends Shown {
  q?: string | undefined;
  status?: Status[] | undefined;
  pharmacy?: string | undefined;
  plan?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  assignee?: string | undefined;
  held?: true | undefined;
  sort?: "oldest" | undefined;
  columns?: string[] | undefined;
  open?: string | undefined;
}

export type Status = Model<"Status">;

const TEXT_MAX = 100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[a-z][a-z_]{0,39}$/;

/** Only what is meant is taken from an address; everything else falls away. */
export function listSearch(given: Record<string, unknown>): ListSearch {
  const search: ListSearch = shownSearch(given);
  for (const name of ["q", "pharmacy", "plan", "assignee"] as const) {
    const text = given[name];
    if (typeof text === "string" && text) search[name] = text.slice(0, TEXT_MAX);
  }
  for (const name of ["from", "to"] as const) {
    const day = given[name];
    if (typeof day === "string" && DAY.test(day)) search[name] = day;
  }
  for (const name of ["status", "columns"] as const) {
    const codes = codesOf(given[name]);
    if (codes.length) search[name] = codes as Status[];
  }
  if (given.held === true) search.held = true;
  if (given.sort === "oldest") search.sort = "oldest";
  if (typeof given.open === "string" && /^rx_\w+$/.test(given.open)) search.open = given.open;
  return search;
}

function codesOf(given: unknown): string[] {
  if (!Array.isArray(given)) return [];
  return given.filter((each): each is string => typeof each === "string" && CODE.test(each));
}

export interface SignInSearch {
  back?: string;
}

/** Back only to a view of ours. */
export function signInSearch({ back }: Record<string, unknown>): SignInSearch {
  const isOurs = typeof back === "string" && /^\/(?!\/)/.test(back);
  return isOurs ? { back } : {};
}

/** Which endpoint is looked at, which of its deliveries, and which one is open. */
export interface WebhooksSearch {
  endpoint?: string | undefined;
  status?: Model<"DeliveryView">["status"] | undefined;
  message?: string | undefined;
}

export const DELIVERY_STATES = ["pending", "delivered", "failed", "held"] as const;

export function webhooksSearch(given: Record<string, unknown>): WebhooksSearch {
  const search: WebhooksSearch = {};
  for (const name of ["endpoint", "message"] as const) {
    const id = given[name];
    if (typeof id === "string" && /^\w{1,64}$/.test(id)) search[name] = id;
  }
  const status = DELIVERY_STATES.find((state) => state === given.status);
  if (status) search.status = status;
  return search;
}

const AUDIT_TEXTS = ["actor", "action", "patient", "prescription"] as const;

/** What the audit is asked for; `looks` is who looked at the patient. */
export interface AuditSearch {
  actor?: string | undefined;
  action?: string | undefined;
  patient?: string | undefined;
  prescription?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  looks?: true | undefined;
  /** The entry that is open. */
  entry?: string | undefined;
}

export function auditSearch(given: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  for (const name of AUDIT_TEXTS) {
    const text = given[name];
    if (typeof text === "string" && text) search[name] = text.slice(0, TEXT_MAX);
  }
  for (const name of ["from", "to"] as const) {
    const day = given[name];
    if (typeof day === "string" && DAY.test(day)) search[name] = day;
  }
  if (given.looks === true) search.looks = true;
  if (typeof given.entry === "string" && /^\w{1,64}$/.test(given.entry)) search.entry = given.entry;
  return search;
}
