import { useEffect } from "preact/hooks";
import { Open } from "../page/Guard.tsx";
import { fetchAhead } from "../page/late.tsx";
import { Page } from "../page/Page.tsx";
import type { Found } from "../session.tsx";
import { useWords } from "../words/words.tsx";

export const NEEDED = ["insurance", "delivery", "consent"] as const;

type State = "open" | "done" | "optional" | "half";

/** What is to be done, with the state of each page. */
export function Tasks() {
  const { t } = useWords();
  return (
    <Page title={t("tasks.title")}>
      <Open>{({ pages }) => <List pages={pages} />}</Open>
    </Page>
  );
}

function List({ pages }: { pages: Found["pages"] }) {
  const { t } = useWords();
  useEffect(fetchAhead, []);
  const done = NEEDED.filter((name) => pages[name]).length;
  return (
    <>
      <p>{t("tasks.text", { done, all: NEEDED.length })}</p>
      <ul class="tasks">
        <Task name="insurance" href="/insurance" state={pages.insurance ? "done" : "open"} />
        <Task name="secondary" href="/secondary" state={pages.secondary ? "done" : "optional"} />
        <Task name="photos" href="/photos/front" state={photoState(pages)} />
        <Task name="delivery" href="/delivery" state={pages.delivery ? "done" : "open"} />
        <Task name="consent" href="/consent" state={pages.consent ? "done" : "open"} />
      </ul>
      {done === NEEDED.length ? (
        <p class="actions">
          <a class="button" href="/check">
            {t("tasks.check")}
          </a>
        </p>
      ) : (
        <p class="note">{t("tasks.check.later")}</p>
      )}
      <p>
        <a href="/messages">{t("messages.title")}</a>
      </p>
    </>
  );
}

interface TaskProps {
  name: "insurance" | "secondary" | "photos" | "delivery" | "consent";
  href: string;
  state: State;
}

function Task({ name, href, state }: TaskProps) {
  const { t } = useWords();
  const id = `state-${name}`;
  return (
    <li>
      <a href={href} aria-describedby={id}>
        {t(`task.${name}`)}
      </a>
      <span id={id} class={`tag ${state}`}>
        {t(`state.${state}`)}
      </span>
    </li>
  );
}

/** The photos may be left out; one side alone is a beginning. */
export function photoState(pages: Found["pages"]): State {
  if (pages.card_front !== "accepted") return "optional";
  return pages.card_back === "accepted" ? "done" : "half";
}
