import type { ComponentChildren } from "preact";
import { useWrong } from "../page/Page.tsx";
import type { BirthDate } from "../session.tsx";
import { useWords } from "../words/words.tsx";

type Key = Parameters<ReturnType<typeof useWords>["t"]>[0];

interface TextProps {
  name: string;
  /** Key of the label's words; the name where it is not given. */
  label?: Key;
  value?: string | null | undefined;
  autocomplete?: string;
  inputmode?: "numeric" | "tel" | "text";
  type?: "text" | "tel";
  width?: "short" | "tiny";
  isOptional?: boolean;
}

/** Label above, hint and error between label and input, as the whole portal has them. */
export function TextField({ name, label, isOptional, width, value, ...input }: TextProps) {
  const { t, maybe } = useWords();
  const wrong = useWrong(name);
  const hint = maybe(`${label ?? name}.hint`);
  return (
    <div class={wrong ? "field wrong-field" : "field"}>
      <label for={name}>
        {t((label ?? name) as Key)} {isOptional && <span class="optional">{t("optional")}</span>}
      </label>
      <Hint name={name} words={hint} />
      <Mistake name={name} words={wrong} />
      <input
        {...input}
        type={(input.type ?? "text") as "text"} // Preact's types want the type known
        id={name}
        name={name}
        class={width}
        defaultValue={value ?? ""}
        spellcheck={false}
        {...described(name, hint, wrong)}
      />
    </div>
  );
}

interface SelectProps {
  name: string;
  choices: [value: string, words: string][];
  value?: string | undefined;
  empty: string;
  autocomplete?: string;
}

export function SelectField({ name, choices, value, empty, autocomplete }: SelectProps) {
  const { t } = useWords();
  const wrong = useWrong(name);
  return (
    <div class={wrong ? "field wrong-field" : "field"}>
      <label for={name}>{t(name as Key)}</label>
      <Mistake name={name} words={wrong} />
      <select
        id={name}
        name={name}
        defaultValue={value ?? ""}
        autocomplete={autocomplete}
        {...described(name, null, wrong)}
      >
        {[["", empty], ...choices].map(([key, words]) => (
          <option key={key} value={key} selected={key === (value ?? "")}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

interface RadioProps {
  name: string;
  /** Values; each has its words under `name.value`. */
  values: string[];
  value?: string | undefined;
  /** Words of the choices that no dictionary has, such as an address. */
  words?: Record<string, string>;
  onChange?: (value: string) => void;
}

/** The first choice carries the field's name as its id, so that an error leads to it. */
export function RadioField({ name, values, value, words, onChange }: RadioProps) {
  const { t } = useWords();
  const wrong = useWrong(name);
  return (
    <Group name={name} wrong={wrong} legend={t(name as Key)}>
      {values.map((each, at) => (
        <Choice
          key={each}
          type="radio"
          id={at ? `${name}-${each}` : name}
          name={name}
          value={each}
          isChosen={each === value}
          onChange={onChange}
        >
          {words?.[each] ?? t(`${name}.${each}` as Key)}
        </Choice>
      ))}
    </Group>
  );
}

/** One box to tick, with an error of its own. */
export function CheckField(props: {
  name: string;
  isTicked: boolean;
  children: ComponentChildren;
}) {
  const wrong = useWrong(props.name);
  return (
    <div class={wrong ? "wrong-field" : undefined}>
      <Mistake name={props.name} words={wrong} />
      <Choice
        type="checkbox"
        id={props.name}
        name={props.name}
        value="yes"
        isChosen={props.isTicked}
        wrong={wrong}
      >
        {props.children}
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  type: "radio" | "checkbox";
  id: string;
  name: string;
  value: string;
  isChosen: boolean;
  wrong?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  children: ComponentChildren;
}

function Choice({ type, id, name, value, isChosen, wrong, onChange, children }: ChoiceProps) {
  return (
    <label class="choice" for={id}>
      <input
        type={type}
        id={id}
        name={name}
        value={value}
        defaultChecked={isChosen}
        onChange={onChange && (() => onChange(value))}
        {...(type === "checkbox" ? described(name, null, wrong) : {})}
      />
      <span>{children}</span>
    </label>
  );
}

/** A date as three inputs; an error of the date belongs to all of them. */
export function DateField({ name, value }: { name: string; value: BirthDate }) {
  const { t } = useWords();
  const wrong = useWrong(name);
  return (
    <Group name={name} wrong={wrong} legend={t(name as Key)} hint={t("birth.hint")}>
      <div class="parts">
        {(["month", "day", "year"] as const).map((part) => (
          <div key={part}>
            <label for={part === "month" ? name : part}>{t(`birth.${part}`)}</label>
            <input
              type="text"
              inputmode="numeric"
              id={part === "month" ? name : part}
              name={part}
              maxLength={part === "year" ? 4 : 2}
              autocomplete={`bday-${part}`}
              defaultValue={value[part]}
              aria-invalid={wrong ? true : undefined}
            />
          </div>
        ))}
      </div>
    </Group>
  );
}

interface GroupProps {
  name: string;
  legend: string;
  hint?: string;
  wrong: string | undefined;
  children: ComponentChildren;
}

function Group({ name, legend, hint, wrong, children }: GroupProps) {
  const { "aria-invalid": _, ...describing } = described(name, hint ?? null, wrong);
  return (
    <fieldset class={wrong ? "field wrong-field" : "field"} {...describing}>
      <legend>{legend}</legend>
      <Hint name={name} words={hint ?? null} />
      <Mistake name={name} words={wrong} />
      {children}
    </fieldset>
  );
}

function Hint({ name, words }: { name: string; words: string | null }) {
  return words ? (
    <p class="hint" id={`${name}-hint`}>
      {words}
    </p>
  ) : null;
}

/** The same words as in the summary, beside the field itself. */
function Mistake({ name, words }: { name: string; words: string | undefined }) {
  return words ? (
    <p class="wrong" id={`${name}-wrong`}>
      {words}
    </p>
  ) : null;
}

function described(name: string, hint: string | null, wrong: string | undefined) {
  const ids = [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(" ");
  return {
    "aria-describedby": ids || undefined,
    "aria-invalid": wrong ? (true as const) : undefined,
  };
}
