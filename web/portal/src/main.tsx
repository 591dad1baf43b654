import "@pharmonico/shared/tokens.css";
import "./styles/frame.css";
import "./styles/fields.css";
import "./styles/pages.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { takeSecrets } from "./secrets.ts";
import { firstLanguage, wordsOf } from "./words/words.tsx";

takeSecrets();
// Another link opened in this tab is another visit.
addEventListener("hashchange", () => takeSecrets() && location.reload());

const language = firstLanguage();
const words = await wordsOf(language).catch(() => wordsOf("en"));
const place = document.getElementById("app");
if (place) render(<App first={{ language, words }} />, place);
