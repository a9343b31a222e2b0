/** One move of one case, decided by the table alone: no clock, no database. */
import type { Calendar } from "../law/calendar.ts";
import type { Day } from "../law/day.ts";
import { type Clock, type Clocks, startClock } from "./clocks.ts";
import type { DocumentKind } from "./documents.ts";
import {
  type CaseResult,
  type FieldName,
  fields,
  MAX_RETURNS,
  type Move,
  type MoveFields,
  type MoveName,
  type MoverKind,
  moveNames,
  moves,
  results,
  type Status,
  statuses,
} from "./states.ts";

/** What a move may depend on. */
export interface CaseState {
  readonly status: Status;
  readonly kind: "complaint" | "correction";
  readonly matter: string;
  /** Entity ids that must not be given the case: complained of, or judging themselves. */
  readonly excluded: readonly string[];
  readonly submitted: Day;
  readonly clocks: Clocks;
  readonly assignee?: string;
  readonly office?: string;
  /** Account that made the last decisive move. */
  readonly decidedBy?: string;
  /** Documents sent and neither answered nor waived. */
  readonly awaiting: readonly AwaitedDocument[];
  readonly returns: number;
  readonly result?: CaseResult;
  readonly satisfaction?: number;
}

export interface AwaitedDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  /** As it is called: kind and number. */
  readonly title: string;
}

export interface Mover {
  readonly kind: readonly MoverKind[];
  /** Account id, `complainant` or `system`. */
  readonly id: string;
}

export interface Moved {
  readonly kind: "moved";
  readonly case: CaseState;
  readonly tells: boolean;
  readonly issues?: Move["issues"];
  readonly started: readonly Clock[];
}
export interface Refused {
  readonly kind: "refused";
  readonly because:
    | "unknown_move"
    | "not_now"
    | "not_yours"
    | "field_missing"
    | "field_wrong"
    | "conflict"
    | "second_person"
    | "awaiting"
    | "no_more_returns"
    | "window_closed";
  /** One Chinese sentence: what was wrong and what is allowed. */
  readonly say: string;
  /** The field it stands at, where it is about one. */
  readonly field?: FieldName;
}

const matterOfDiscretion = "discretion";

/** Moves this mover may make now, in table order. */
export function permittedMoves(state: CaseState, mover: Mover, on: Day): readonly MoveName[] {
  return moveNames.filter((name) => refuse(state, name, mover, on) === undefined);
}

/**
 * The case after `name`, or why not. `on` is the day of the move in Beijing.
 *
 * A case is sent back at most twice; after that only `designate` takes it on, and what is designated cannot be sent back.
 */
export function transition(
  state: CaseState,
  name: string,
  given: MoveFields,
  mover: Mover,
  on: Day,
  calendar: Calendar,
): Moved | Refused {
  const known = moveNames.find((move) => move === name);
  if (!known) return refused("unknown_move", `没有“${name}”这个操作。可用:${moveNames.join("、")}。`);
  const refusal = refuse(state, known, mover, on) ?? checkFields(state, known, given);
  if (refusal) return refusal;
  const move: Move = moves[known];
  const settled = settlesDocument(known) && state.awaiting.find(({ id }) => id === given.document);
  const awaiting = state.awaiting.filter((one) => one !== settled);
  const stopped = [
    ...(move.stops ?? []),
    ...(settled && !awaiting.some(({ kind }) => kind === settled.kind) ? [settled.kind] : []),
  ];
  const started = (move.starts ?? []).map((clock) =>
    startClock(clock, state.matter === matterOfDiscretion, on, calendar),
  );
  const kept = state.clocks.filter(
    (clock) => !stopped.includes(clock.name) && !started.some((one) => one.name === clock.name),
  );
  const ended = move.to === "declined" || move.to === "withdrawn";
  return {
    kind: "moved",
    tells: move.tells ?? false,
    issues: move.issues,
    started,
    case: {
      ...state,
      status: move.to === "same" ? state.status : move.to,
      clocks: ended ? started : [...kept, ...started],
      assignee: given.assignee ?? state.assignee,
      office: known === "route" ? given.office : state.office,
      awaiting,
      decidedBy: move.decisive ? mover.id : state.decidedBy,
      returns: known === "sendBack" ? state.returns + 1 : state.returns,
      result: resultOf(known, given) ?? state.result,
      satisfaction: known === "rate" ? Number(given.score) : state.satisfaction,
    },
  };
}

function resultOf(name: MoveName, given: MoveFields): CaseResult | undefined {
  if (name === "decline") return "不予受理";
  if (name === "withdraw") return "撤回";
  return results.find((result) => result === given.result);
}

function refuse(state: CaseState, name: MoveName, mover: Mover, on: Day): Refused | undefined {
  const move: Move = moves[name];
  if (!move.from.includes(state.status)) {
    const from = move.from.map((status) => statuses[status]).join("、");
    return refused("not_now", `“${move.label}”只能在${from}时进行,本件现为“${statuses[state.status]}”。`);
  }
  if (!move.by.some((kind) => mover.kind.includes(kind)))
    return refused("not_yours", `您的角色不能“${move.label}”。`);
  if (name === "settle" && state.kind !== "correction")
    return refused("not_now", "只有纠错件可以直接答复办结。");
  if (name !== "settle" && state.kind === "correction" && !correctionMoves.includes(name))
    return refused("not_now", `纠错件没有“${move.label}”这一步。`);
  if (name === "designate" && state.returns < MAX_RETURNS)
    return refused("not_now", `退单满 ${MAX_RETURNS} 次才指定承办,本件已退 ${state.returns} 次,可重新转办。`);
  if (name === "refer" && state.returns >= MAX_RETURNS)
    return refused("no_more_returns", `已退单 ${MAX_RETURNS} 次,不能再转办,请指定承办。`);
  if (move.secondPerson && state.assignee === mover.id)
    return refused("second_person", `“${move.label}”须由承办人以外的人审核作出。`);
  if (move.secondPerson && state.decidedBy === mover.id)
    return refused("second_person", `上一步是您作出的,“${move.label}”须由另一人审核作出。`);
  if (settlesDocument(name) && state.awaiting.length === 0) return refused("not_now", "没有等待答复的文书。");
  if (name === "close" && state.awaiting.length > 0) {
    const titles = state.awaiting.map(({ title }) => title).join("、");
    return refused(
      "awaiting",
      `${titles}还没有答复,不能办结。请等对方答复,或由审核人写明理由“${moves.waive.label}”。`,
    );
  }
  if (name === "reopen" && state.status === "closed") {
    const window = state.clocks.find((clock) => clock.name === "reopen");
    if (!window || on > window.due)
      return refused("window_closed", "可申请重开的期限已过。如有新的情况,请重新登记。");
  }
  return undefined;
}

const settlesDocument = (name: MoveName) => name === "waive" || name === "answered";

const correctionMoves: readonly MoveName[] = [
  "assign",
  "handOver",
  "accept",
  "handle",
  "note",
  "withdraw",
  "rate",
  "reopen",
  "remind",
  "escalate",
  "recount",
];

function checkFields(state: CaseState, name: MoveName, given: MoveFields): Refused | undefined {
  const move: Move = moves[name];
  const allowed: readonly FieldName[] = [...move.needs, ...(move.may ?? [])];
  for (const field of move.needs) {
    if (!given[field]?.trim()) return refused("field_missing", `请填写“${fields[field].label}”。`, field);
  }
  for (const [field, value] of Object.entries(given)) {
    const known = allowed.find((one) => one === field);
    if (!known)
      return refused(
        "field_wrong",
        `“${move.label}”没有“${field}”这一项。可填:${allowed.map((one) => fields[one].label).join("、")}。`,
      );
    const most = fields[known].maxCharacters;
    if (value.length > most)
      return refused(
        "field_wrong",
        `“${fields[known].label}”最多 ${most} 字,现有 ${value.length} 字。`,
        known,
      );
  }
  if (given.result !== undefined && !results.some((result) => result === given.result))
    return refused("field_wrong", `办理结果应为:${results.join("、")}。`, "result");
  if (given.score !== undefined && !/^[1-5]$/.test(given.score))
    return refused("field_wrong", "满意度应为 1 至 5。", "score");
  if (settlesDocument(name) && !state.awaiting.some(({ id }) => id === given.document))
    return refused("field_wrong", "这份文书不在等待答复之列。", "document");
  for (const field of ["referTo", "office"] as const) {
    const target = given[field];
    if (target !== undefined && state.excluded.includes(target))
      return refused("conflict", "不能把投诉交给被投诉的机关或会审查自己的机关办理。", field);
  }
  return undefined;
}

function refused(because: Refused["because"], say: string, field?: FieldName): Refused {
  return { kind: "refused", because, say, ...(field && { field }) };
}
