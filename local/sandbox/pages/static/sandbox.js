// Keeps the page fresh: when something happened and nobody is typing, fetch it again.
const PERIOD_MS = 2000;
let known = null;

async function changes() {
  const answer = await fetch("/sandbox/status");
  return (await answer.json()).changes;
}

function busy() {
  const main = document.getElementById("main");
  const opened = main.querySelector("details[open]");
  return document.hidden || opened || (main !== document.activeElement && main.contains(document.activeElement));
}

async function refresh() {
  const now = await changes();
  const first = known === null;
  if (first || now === known) {
    known = first ? now : known;
    return;
  }
  if (busy()) return;
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.getElementById("main");
  main.replaceChildren(...fresh.getElementById("main").childNodes);
  known = now;
}

setInterval(() => refresh().catch(() => {}), PERIOD_MS);
