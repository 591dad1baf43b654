import { LocationProvider, Route, Router } from "preact-iso";
import { Frame } from "./frame/Frame.tsx";
import { CodeEntry, CodePage } from "./pages/code.tsx";
import { InsurancePage, SecondaryPage } from "./pages/coverage.tsx";
import { BirthDatePage, Landing, LinkOver, SessionOver } from "./pages/entering.tsx";
import {
  Check,
  ConsentPage,
  DeliveryPage,
  Done,
  MessagesPage,
  OrderPage,
  Pay,
  PhotoBack,
  PhotoFront,
} from "./pages/later.ts";
import { Tasks } from "./pages/Tasks.tsx";
import { Closed, Left, Missing, Renewed } from "./pages/Told.tsx";
import { SessionKeeper } from "./session.tsx";
import type { Language, Words } from "./words/language.ts";
import { Speaking } from "./words/words.tsx";

/** Addresses below /api/ are the server's: the payment's hand-over is one of them. */
const OURS = /^\/(?!api\/)/;

export function App({ first }: { first: { language: Language; words: Words } }) {
  return (
    <LocationProvider scope={OURS}>
      <Speaking first={first}>
        <SessionKeeper>
          <Frame>
            <Pages />
          </Frame>
        </SessionKeeper>
      </Speaking>
    </LocationProvider>
  );
}

function Pages() {
  return (
    <Router>
      <Route path="/" component={Landing} />
      <Route path="/birth-date" component={BirthDatePage} />
      <Route path="/link" component={LinkOver} />
      <Route path="/new-link" component={Renewed} />
      <Route path="/ended" component={SessionOver} />
      <Route path="/closed" component={Closed} />
      <Route path="/left" component={Left} />
      <Route path="/code" component={CodePage} />
      <Route path="/code/enter" component={CodeEntry} />
      <Route path="/tasks" component={Tasks} />
      <Route path="/insurance" component={InsurancePage} />
      <Route path="/secondary" component={SecondaryPage} />
      <Route path="/photos/front" component={PhotoFront} />
      <Route path="/photos/back" component={PhotoBack} />
      <Route path="/delivery" component={DeliveryPage} />
      <Route path="/consent" component={ConsentPage} />
      <Route path="/check" component={Check} />
      <Route path="/done" component={Done} />
      <Route path="/messages" component={MessagesPage} />
      <Route path="/pay" component={Pay} />
      <Route path="/order" component={OrderPage} />
      <Route default component={Missing} />
    </Router>
  );
}
