import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import {
  type QueryClient,
  queryOptions,
  useQueryClient,
  useSuspenseQuery,
} from "@tanstack/react-query";

export type SignedIn = Model<"SignedIn">;
export type Step = Model<"Step">;
export type May = SignedIn["may"][number];

export const SESSION_KEY = ["session"];

/** Who is signed in; null for nobody. The cookie itself is out of every script's reach. */
export const sessionOptions = queryOptions<SignedIn | null>({
  queryKey: SESSION_KEY,
  queryFn: async () => {
    try {
      return await call("get", "/api/v1/session");
    } catch (error) {
      if (error instanceof Problem && error.endsSession) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The session of a view behind the sign-in. */
export function useSession(): SignedIn {
  const { data } = useSuspenseQuery(sessionOptions);
  if (!data) throw new Error("nobody is signed in");
  return data;
}

/** Whether the roles allow it: what they do not is not offered, and the API refuses it too. */
export function useMay(action: May): boolean {
  const queries = useQueryClient();
  return queries.getQueryData<SignedIn | null>(SESSION_KEY)?.may.includes(action) ?? false;
}

/** Sign out here and at the identity provider; what was read is forgotten. */
export async function signOut(queries: QueryClient): Promise<void> {
  // The session ends by itself soon enough where this does not arrive.
  await call("delete", "/api/v1/session").catch(() => null);
  changeHands(queries, null);
}

/** Another session, or none: nothing that was read in the one before is shown any more. */
export function changeHands(queries: QueryClient, session: SignedIn | null): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
  // Kept in its place, as the frame watches it: a new entry would be news to nobody.
  queries.setQueryData(SESSION_KEY, session);
}
