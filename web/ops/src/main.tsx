import "@pharmonico/shared/tokens.css";
import "./styles/mantine.css";
import "./styles/colours.css";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";

const place = document.getElementById("app");
if (place) createRoot(place).render(<App />);
