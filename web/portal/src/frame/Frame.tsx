import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/words.tsx";
import { SessionWarning } from "./SessionWarning.tsx";

const PHONE = { href: "tel:+16145550142", words: "(614) 555-0142" };

/** What stands around every page: the name, the other language, a person's phone number. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { t } = useWords();
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <header>
        <div class="bar">
          <p class="brand">
            <img class="mark" src="/icon.svg" alt="" /> Pharmonico
          </p>
          <LanguageButton />
        </div>
      </header>
      <SessionWarning />
      <Offline />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <div class="bar">
          <p>
            <strong>{t("help.title")}</strong> {t("help.text")}{" "}
            <a href={PHONE.href}>{PHONE.words}</a>
          </p>
        </div>
      </footer>
    </>
  );
}

function LanguageButton() {
  const { t, language, speak } = useWords();
  const other = language === "en" ? "es" : "en";
  return (
    <button
      type="button"
      class="plain"
      lang={other}
      onClick={() => speak(other, { isChosen: true })}
    >
      {t("other.language")}
    </button>
  );
}

/** What is typed stays on the page; only saving has to wait. */
function Offline() {
  const { t } = useWords();
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return (
    <div role="status">
      {isOffline && (
        <div class="banner">
          <p>
            <strong>{t("offline.title")}</strong> {t("offline.text")}
          </p>
        </div>
      )}
    </div>
  );
}
