import "@pharmonico/shared/tokens.css";
import "./styles/frame.css";
import "./styles/fields.css";
import "./styles/pages.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { takeSecrets } from "./secrets.ts";
import { firstLanguage, wordsOf } from "./words/words.tsx";

const language = firstLanguage();
const words = await wordsOf(language).catch(() => wordsOf("en"));
const place = document.getElementById("app");
let visit = 0;

/** Another link opened on this very page is another visit. */
function show(): void {
  visit += 1;
  if (place) render(<App key={visit} first={{ language, words }} />, place);
}

takeSecrets();
addEventListener("hashchange", () => takeSecrets() && show());
show();
