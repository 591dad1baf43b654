/** One field the API would not take: where in the body, and a stable code. */
export interface FieldError {
  pointer: string;
  code: string;
  detail?: string;
}

interface ProblemBody {
  code?: string;
  detail?: string;
  title?: string;
  errors?: FieldError[];
  instance?: string;
}

/** A refusal in the API's own words (RFC 9457); status 0 when nobody answered at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: FieldError[];
  /** The request's number, to be quoted to a person. */
  readonly request: string;

  constructor(status: number, body: ProblemBody | null = null) {
    super(body?.code ?? `status ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body?.code ?? "";
    this.detail = body?.detail ?? body?.title ?? "";
    this.errors = body?.errors ?? [];
    this.request = (body?.instance ?? "").split(":").pop() ?? "";
  }

  /** The session is over or was never there. */
  get endsSession(): boolean {
    return this.status === 401;
  }

  /** Nobody is there: no answer at all, or only from who stands before the service. */
  get isSilence(): boolean {
    const isOurs = !["", "engine.down", "gateway.timeout"].includes(this.code);
    return !isOurs && [0, 502, 503, 504].includes(this.status);
  }

  /** The field a pointer such as `/name/0` begins with, or nothing. */
  static fieldOf(error: FieldError): string {
    return error.pointer.split("/")[1] ?? "";
  }
}
