import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import styles from "./SignIn.module.css";
import { changeHands, type SignedIn, type Step } from "./session.ts";

/** Name and password, then whatever else the user pool asks for. */
export function SignIn() {
  const [step, setStep] = useState<Step | null>(null);
  const [wrong, setWrong] = useState("");
  const [isBusy, setBusy] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/sign-in" });
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = "Sign in - Pharmonico ops";
  }, []);
  useEffect(() => {
    if (wrong) alert.current?.focus();
  }, [wrong]);

  async function follow(asking: Promise<SignedIn | Step>) {
    setBusy(true);
    setWrong("");
    try {
      const answer = await asking;
      if (answer.state === "question") return setStep(answer);
      changeHands(queries, answer);
      await navigate({ to: back ?? "/", replace: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setWrong(wordsOf(error));
      if (error.code === "sign_in.question_over") setStep(null);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className={styles.page}>
      <Paper className={styles.card} withBorder p="xl">
        <Stack gap="md">
          <Title order={1} size="h3">
            Sign in to Pharmonico ops
          </Title>
          {wrong && (
            <Alert color="red" role="alert" tabIndex={-1} ref={alert}>
              {wrong}
            </Alert>
          )}
          {step ? (
            <Question step={step} isBusy={isBusy} follow={follow} />
          ) : (
            <Credentials isBusy={isBusy} follow={follow} />
          )}
        </Stack>
      </Paper>
    </main>
  );
}

interface FormProps {
  isBusy: boolean;
  follow: (asking: Promise<SignedIn | Step>) => void;
}

function Credentials({ isBusy, follow }: FormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const body = {
      username: String(typed.get("username")).trim(),
      password: String(typed.get("password")),
    };
    if (!isBusy) follow(call("post", "/api/v1/session", { body }));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          name="username"
          label="E-mail"
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="password"
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit">{isBusy ? "One moment…" : "Sign in"}</Button>
      </Stack>
    </form>
  );
}

const ASKED: Record<Step["question"], { label: string; autoComplete: string }> = {
  totp: { label: "Code of your authenticator app", autoComplete: "one-time-code" },
  totp_setup: { label: "Code of your authenticator app", autoComplete: "one-time-code" },
  new_password: { label: "New password", autoComplete: "new-password" },
};

function Question({ step, isBusy, follow }: FormProps & { step: Step }) {
  const { label, autoComplete } = ASKED[step.question];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget).get("answer")).trim();
    const body = { reference: step.reference, answer };
    if (!isBusy) follow(call("post", "/api/v1/session/answer", { body }));
  };
  const isSecret = step.question === "new_password";
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {step.secret && (
          <Text>
            Add this key to your authenticator app: <code>{step.secret}</code>
          </Text>
        )}
        <TextInput
          key={step.reference}
          name="answer"
          label={label}
          type={isSecret ? "password" : "text"}
          inputMode={isSecret ? undefined : "numeric"}
          autoComplete={autoComplete}
          autoFocus
          required
          withAsterisk={false}
        />
        <Button type="submit">{isBusy ? "One moment…" : "Continue"}</Button>
      </Stack>
    </form>
  );
}

function wordsOf(problem: Problem): string {
  if (problem.isSilence) return "The service cannot be reached. Try again in a moment.";
  return problem.detail || "The service refuses. Try again.";
}
