// @vitest-environment happy-dom
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Page } from "../page/Page.tsx";
import { SessionKeeper } from "../session.tsx";
import { WORDS } from "../words/en.ts";
import { Speaking } from "../words/words.tsx";
import { Form, type FormProps } from "./Form.tsx";
import { TextField } from "./fields.tsx";

function shown(props: Partial<FormProps>) {
  return render(
    <LocationProvider>
      <Speaking first={{ language: "en", words: WORDS }}>
        <SessionKeeper>
          <Page title="A page">
            <Form button="Send" send={async () => {}} {...props}>
              <TextField name="bin" />
            </Form>
          </Page>
        </SessionKeeper>
      </Speaking>
    </LocationProvider>,
  );
}

const send = () => fireEvent.click(screen.getByRole("button"));

afterEach(cleanup);

describe("a form", () => {
  it("sends what is typed, trimmed", async () => {
    const sent = vi.fn(async () => {});
    shown({ send: sent });
    fireEvent.input(screen.getByLabelText(/BIN/), { target: { value: " 610014 " } });
    send();
    await waitFor(() => expect(sent).toHaveBeenCalledWith({ bin: "610014" }));
  });

  it("says what is wrong twice, and the summary takes focus", async () => {
    const sent = vi.fn(async () => {});
    shown({ check: () => ["bin"], send: sent });
    send();
    const summary = await screen.findByRole("alert");
    expect(screen.getAllByText(WORDS["wrong.bin"])).toHaveLength(2);
    expect(document.activeElement).toBe(summary);
    const input = screen.getByLabelText(/BIN/);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(input.getAttribute("aria-describedby")).toContain("bin-wrong");
    expect(document.title).toBe("Error: A page - Pharmonico");
    expect(sent).not.toHaveBeenCalled();
  });

  it("leads from the summary to the field", async () => {
    shown({ check: () => ["bin"] });
    send();
    fireEvent.click(await screen.findByRole("link", { name: WORDS["wrong.bin"] }));
    expect(document.activeElement).toBe(screen.getByLabelText(/BIN/));
  });

  it("brings a refusal of the API back to its field", async () => {
    const errors = [{ pointer: "/bin", code: "string.pattern" }];
    shown({ send: () => Promise.reject(new Problem(422, { errors })) });
    send();
    expect(await screen.findAllByText(WORDS["wrong.bin"])).toHaveLength(2);
  });

  it("is sent once however often it is pressed", async () => {
    let finish = () => {};
    const sent = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    shown({ send: sent });
    send();
    send();
    await waitFor(() => expect(screen.getByRole("button").textContent).toBe(WORDS.busy));
    expect(sent).toHaveBeenCalledTimes(1);
    finish();
    await waitFor(() => expect(screen.getByRole("button").textContent).toBe("Send"));
  });
});
