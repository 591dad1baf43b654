import "@pharmonico/shared/tokens.css";
import "./styles/mantine.css";
import "./styles/colours.css";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";

const place = document.getElementById("app");
if (place) createRoot(place, { onCaughtError }).render(<App />);

/** What the API refuses is told where it was asked for; only what we broke is an error of ours. */
function onCaughtError(error: unknown): void {
  if (!(error instanceof Problem)) console.error(error);
}
