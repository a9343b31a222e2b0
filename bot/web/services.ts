/** What the web door needs besides the assistant. Each is handed in by whoever puts the house together. */
import type { Block, Citation } from "../../src/reply.ts";
import type { TurnFile } from "../../src/turn.ts";
import type { DoorState } from "../supervisor.ts";

/** One exact look-up of a certificate; limits and wording belong to the house. */
export interface OfficerCheck {
  check(asked: {
    readonly certNo: string;
    readonly name?: string;
    readonly person: string;
    readonly address: string;
    readonly at: Date;
  }): Promise<OfficerVerdict>;
}

export interface OfficerVerdict {
  /** 有效, 已过期, 已暂停, 已注销, 辅助人员, 未列入名单, 名单过期无法核验… */
  readonly outcome: string;
  readonly say: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** List, publisher and as-of date relied on. */
  readonly source?: string;
  readonly asOf?: string;
  readonly next: string;
  readonly demo?: boolean;
}

export const secrecies = ["named", "confidential", "anonymous"] as const;

/** A complaint as filed on one form. */
export interface ComplaintForm {
  readonly matter: string;
  readonly text: string;
  readonly organ?: string;
  readonly officer?: string;
  readonly day?: string;
  readonly place?: string;
  readonly area?: string;
  readonly secrecy: (typeof secrecies)[number];
  readonly name?: string;
  readonly contact?: string;
  readonly files: readonly TurnFile[];
}

export interface FiledComplaint {
  readonly receipt: string;
  readonly acknowledgement: string;
  /** The office it went to; none yet when a person has to choose it. */
  readonly office?: string;
  readonly say: string;
  /** The appeal limit, when a decision stands behind the complaint, and what it rests on. */
  readonly appeal?: { readonly blocks: readonly Block[]; readonly citations: readonly Citation[] };
}

export interface ComplaintStatus {
  readonly status: string;
  readonly say: string;
  readonly filedOn: string;
  /** The next thing due, and its day. */
  readonly due?: { readonly label: string; readonly day: string };
  readonly office?: string;
  readonly events: readonly { readonly at: string; readonly text: string }[];
  readonly messages: readonly { readonly at: string; readonly author: string; readonly text: string }[];
}

export interface ComplaintService {
  /** The matters a complaint may be about: id and what people read. */
  readonly matters: readonly { readonly id: string; readonly label: string }[];
  /** Said before the first question: who will see what. */
  readonly promise: string;
  /** Nothing is filed before this resolves. `submission` files once under redelivery. */
  file(
    form: ComplaintForm,
    context: { submission: string; person: string; at: Date },
  ): Promise<FiledComplaint>;
  /** Undefined: no such receipt; the answer comes late when this address guesses. */
  status(receipt: string, context: { address: string; at: Date }): Promise<ComplaintStatus | undefined>;
  /** Adds to the conversation with the office. */
  add?(
    receipt: string,
    text: string,
    context: { address: string; at: Date },
  ): Promise<ComplaintStatus | undefined>;
}

export interface Gauges {
  /** Deliveries by state. */
  readonly outbox?: Readonly<Record<string, number>>;
  /** Messages of chat platforms by state. */
  readonly inbox?: Readonly<Record<string, number>>;
  /** 1 for each door that is up or left to another worker. */
  readonly doors?: Readonly<Record<string, number>>;
  /** Phrasings refused, by gate. */
  readonly gateViolations?: Readonly<Record<string, number>>;
  /** The language model's counters, where one is configured. */
  readonly model?: Readonly<Record<string, number>>;
}

export interface WebServices {
  readonly officers?: OfficerCheck;
  readonly complaints?: ComplaintService;
  /** Read when `/healthz` is: what each door that runs is doing. */
  readonly doors?: () => Readonly<Record<string, DoorState | { readonly state: "up" }>>;
  /** Read when the metrics are. */
  readonly gauges?: () => Promise<Gauges>;
}
