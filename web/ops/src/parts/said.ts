/** What a form's field says, without blanks around it; empty for a field that is not there. */
export const said = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();
