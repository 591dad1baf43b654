import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { reached } from "./data/ahead.ts";
import { SignIn } from "./session/SignIn.tsx";
import { sessionOptions } from "./session/session.ts";
import { NotFound } from "./shell/NotFound.tsx";
import { Shell } from "./shell/Shell.tsx";
import { Trouble } from "./shell/Trouble.tsx";
import { shownSearch } from "./views/prescription/shown.ts";
import { auditSearch, listSearch, signInSearch, webhooksSearch } from "./views/search.ts";
import { isTab } from "./views/tabs.ts";

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Trouble,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  component: SignIn,
});

/** Everything behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionOptions);
    if (session) return;
    const search = location.href === "/" ? {} : { back: location.href };
    throw redirect({ to: "/sign-in", search, replace: true });
  },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/work/$tab", params: { tab: "intake" }, replace: true });
  },
});

/** One tab of the day's work; its view is loaded when it is first looked at. */
const work = createRoute({
  getParentRoute: () => signedIn,
  path: "/work/$tab",
  params: {
    parse: ({ tab }) => {
      if (!isTab(tab)) throw new Error("there is no such tab");
      return { tab };
    },
    stringify: ({ tab }) => ({ tab }),
  },
  validateSearch: listSearch,
  component: lazyRouteComponent(
    reached(() => import("./views/list/ListView.tsx")),
    "ListView",
  ),
  errorComponent: Trouble,
});

/** One prescription on a page of its own. */
const prescription = createRoute({
  getParentRoute: () => signedIn,
  path: "/prescriptions/$id",
  validateSearch: shownSearch,
  component: lazyRouteComponent(
    reached(() => import("./views/prescription/PrescriptionPage.tsx")),
    "PrescriptionPage",
  ),
  errorComponent: Trouble,
});

/** Everything that fits some words, whatever its status. */
const find = createRoute({
  getParentRoute: () => signedIn,
  path: "/find",
  validateSearch: listSearch,
  component: lazyRouteComponent(
    reached(() => import("./views/list/ListView.tsx")),
    "FindView",
  ),
  errorComponent: Trouble,
});

const people = createRoute({
  getParentRoute: () => signedIn,
  path: "/people",
  component: lazyRouteComponent(
    reached(() => import("./views/people/People.tsx")),
    "People",
  ),
  errorComponent: Trouble,
});

const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: "/webhooks",
  validateSearch: webhooksSearch,
  component: lazyRouteComponent(
    reached(() => import("./views/webhooks/Webhooks.tsx")),
    "Webhooks",
  ),
  errorComponent: Trouble,
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(
    reached(() => import("./views/audit/Audit.tsx")),
    "Audit",
  ),
  errorComponent: Trouble,
});

const health = createRoute({
  getParentRoute: () => signedIn,
  path: "/system",
  component: lazyRouteComponent(
    reached(() => import("./views/health/Health.tsx")),
    "Health",
  ),
  errorComponent: Trouble,
});

const views = [home, work, find, prescription, people, webhooks, audit, health];
const tree = root.addChildren([signIn, signedIn.addChildren(views)]);

export function newRouter(queries: QueryClient) {
  return createRouter({ routeTree: tree, context: { queries }, defaultPreload: "intent" });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
