// One side of the card per page: choose, see it, send it, go on.

import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAnswer } from "../form/Form.tsx";
import { Open } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { smaller, Unreadable } from "../photo/smaller.ts";
import { type Side, Stopped, upload } from "../photo/upload.ts";
import { type Found, useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

type State =
  | { is: "empty" }
  | { is: "reading" }
  | { is: "sending"; part: number }
  | { is: "accepted" }
  | { is: "refused"; words: string; isRetryable: boolean };

export const PhotoFront = () => <Photo side="front" />;
export const PhotoBack = () => <Photo side="back" />;

function Photo({ side }: { side: Side }) {
  const { t } = useWords();
  const { query } = useLocation();
  const isFromCheck = query.from === "check";
  const end = isFromCheck ? "/check" : "/tasks";
  const from = isFromCheck ? "?from=check" : "";
  const next = side === "front" ? `/photos/back${from}` : end;
  return (
    <Page title={t(`photo.${side}`)} back={end}>
      <Open>
        {({ pages }) => (
          <>
            <p>{t("photo.text")}</p>
            <p class="hint" id="limits">
              {t("photo.limits")}
            </p>
            <Sender side={side} pages={pages} next={next} />
            <p>
              <a href={`/insurance${from}`}>{t("photo.type")}</a>
            </p>
          </>
        )}
      </Open>
    </Page>
  );
}

function Sender({ side, pages, next }: { side: Side; pages: Found["pages"]; next: string }) {
  const { t } = useWords();
  const isThere = pages[`card_${side}`] === "accepted";
  const { state, picture, send, again, stop } = useSending(side, isThere);
  const isBusy = state.is === "reading" || state.is === "sending";
  return (
    <>
      {!isBusy && <Chooser side={side} isReplacing={state.is === "accepted"} chosen={send} />}
      {picture && <img class="preview" src={picture} alt={t(`photo.side.${side}`)} />}
      <Outcome state={state} />
      <div class="actions">
        {isBusy && (
          <button type="button" class="second" onClick={stop}>
            {t("photo.cancel")}
          </button>
        )}
        {state.is === "refused" && state.isRetryable && (
          <button type="button" onClick={again}>
            {t("photo.retry")}
          </button>
        )}
        {state.is === "accepted" ? (
          <a class="button" href={next}>
            {t("continue")}
          </a>
        ) : (
          !isBusy && <a href={next}>{t("later")}</a>
        )}
      </div>
    </>
  );
}

interface ChooserProps {
  side: Side;
  isReplacing: boolean;
  chosen: (file: File) => void;
}

function Chooser({ side, isReplacing, chosen }: ChooserProps) {
  const { t } = useWords();
  const choose = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (file) chosen(file);
    input.value = ""; // the same file may be chosen again after an error
  };
  return (
    <fieldset class="files" aria-describedby="limits">
      <legend class="unseen">{t(`photo.side.${side}`)}</legend>
      <label class="file button second camera" for="camera">
        {t("photo.take")}
        <input type="file" id="camera" accept="image/*" capture="environment" onChange={choose} />
      </label>
      <label class="file button second" for="chosen">
        {t(isReplacing ? "photo.replace" : "photo.choose")}
        <input type="file" id="chosen" accept="image/*" onChange={choose} />
      </label>
    </fieldset>
  );
}

/** What became of the photo, said aloud when it changes. */
function Outcome({ state }: { state: State }) {
  const { t } = useWords();
  return (
    <>
      {state.is === "sending" && (
        <progress max={1} value={state.part} aria-label={t("photo.sending")} />
      )}
      <div role="status">
        {state.is === "reading" && <p>{t("busy")}</p>}
        {state.is === "sending" && (
          <p>{t(state.part === 1 ? "photo.checking" : "photo.sending")}</p>
        )}
        {state.is === "accepted" && <p class="good">{t("photo.accepted")}</p>}
      </div>
      <div role="alert">{state.is === "refused" && <p class="wrong">{state.words}</p>}</div>
    </>
  );
}

function useSending(side: Side, isThere: boolean) {
  const { t, maybe } = useWords();
  const { keep } = useSession();
  const answer = useAnswer();
  const [state, setState] = useState<State>({ is: isThere ? "accepted" : "empty" });
  const [picture, show] = usePicture();
  const file = useRef<File | null>(null);
  const giveUp = useRef(new AbortController());
  useEffect(() => () => giveUp.current.abort(), []);

  function refused(error: unknown) {
    const say = (words: string, isRetryable: boolean) =>
      setState({ is: "refused", words, isRetryable });
    if (error instanceof Stopped) say(t("photo.stopped"), true);
    else if (error instanceof Unreadable) say(t("photo.unreadable"), false);
    else if (!(error instanceof Problem)) throw error;
    else if (error.endsSession || [403, 409, 410].includes(error.status)) answer(error);
    else if (error.status === 0) say(t("problem.network"), true);
    else say(maybe(error.code) ?? t("photo.failed"), true);
  }

  async function send(chosen: File) {
    file.current = chosen;
    giveUp.current = new AbortController();
    const { signal } = giveUp.current;
    const progress = (part: number) => !signal.aborted && setState({ is: "sending", part });
    setState({ is: "reading" });
    show(null);
    try {
      const photo = await smaller(chosen);
      show(photo);
      progress(0);
      keep(await upload(side, photo, { progress, signal }));
      setState({ is: "accepted" });
    } catch (error) {
      refused(error);
    }
  }

  const again = () => file.current && void send(file.current);
  return { state, picture, send, again, stop: () => giveUp.current.abort() };
}

/** An address of the picture that lives as long as it is shown. */
function usePicture(): [string | null, (photo: Blob | null) => void] {
  const [photo, show] = useState<Blob | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = photo && URL.createObjectURL(photo);
    setAddress(made);
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [photo]);
  return [address, show];
}
