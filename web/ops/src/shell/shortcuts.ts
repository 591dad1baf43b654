import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { TABS } from "../views/tabs.ts";

const KEPT = "pharmonico.shortcuts";
const SEQUENCE_MS = 1_500;

/** What single keys do, for the help; they can be switched off, Ctrl or Cmd with K cannot. */
export const SHORTCUTS: readonly [keys: string, what: string][] = [
  ["Ctrl K", "Find anything"],
  ["/", "Find in this list"],
  ["j  k", "Next row, row before"],
  ["Enter", "Open the row"],
  ["Esc", "Close what is open"],
  ...TABS.map(({ key, label }): [string, string] => [`g ${key}`, label]),
  ["?", "This help"],
];

/** Whether single keys are shortcuts here; kept in this browser. */
export function useShortcutSwitch(): [isOn: boolean, turn: (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => localStorage.getItem(KEPT) !== "off");
  const turn = (next: boolean) => {
    localStorage.setItem(KEPT, next ? "on" : "off");
    setOn(next);
  };
  return [isOn, turn];
}

interface Does {
  find: () => void;
  help: () => void;
}

/** Listens for the keys; nothing happens while somebody types or a dialog is open. */
export function useShortcuts(isOn: boolean, { find, help }: Does) {
  const navigate = useNavigate();
  useEffect(() => {
    let wentAt = 0;
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        find();
        return;
      }
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const tab = TABS.find(({ key }) => key === event.key);
      const isSecond = event.timeStamp - wentAt < SEQUENCE_MS;
      wentAt = event.key === "g" ? event.timeStamp : 0;
      if (isSecond && tab) void navigate({ to: "/work/$tab", params: { tab: tab.tab } });
      else if (event.key === "?") help();
      else if (event.key === "/") focusOn(event, "search input");
      else if (event.key === "j") step(event, 1);
      else if (event.key === "k") step(event, -1);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn, find, help, navigate]);
}

function isBusy(target: EventTarget | null): boolean {
  const isTyping = target instanceof Element && target.closest("input, textarea, select");
  return Boolean(isTyping) || document.querySelector("[role=dialog]") !== null;
}

function focusOn(event: KeyboardEvent, selector: string) {
  const field = document.querySelector<HTMLElement>(selector);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function step(event: KeyboardEvent, by: number) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  if (!rows.length) return;
  event.preventDefault();
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
}
