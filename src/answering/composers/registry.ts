/** One composer for every intent: a missing one does not compile. */
import type { Composer } from "../answer.ts";
import type { Intent } from "../intents.ts";
import { hearingRight, penaltyTimeLimit, statementDefense } from "./before-decision.ts";
import {
  emergency,
  greeting,
  help,
  injection,
  insult,
  legalOpinion,
  namedPerson,
  outOfScope,
  thanks,
} from "./conduct.ts";
import { compensation, litigation, priorReconsideration, stayOfExecution } from "./court.ts";
import { deadline } from "./deadline.ts";
import { entityInfo } from "./entity-info.ts";
import { finePayment } from "./fine.ts";
import {
  avRecordGate,
  coercionGate,
  deliberationGate,
  hearingGate,
  legalReviewGate,
  onTheSpotGate,
  transferGate,
} from "./gates.ts";
import { inspection, serviceGuide } from "./inspection.ts";
import { lawLookup, outdatedLaw } from "./law.ts";
import { auxiliaryStaff, certificateDuty, officerCheck } from "./officer.ts";
import { benchmark, exemption } from "./penalties.ts";
import { competence, whoHandles } from "./powers.ts";
import { procedure } from "./procedure.ts";
import { disclosureDuty, informationDisclosure, officerManagement, recordAccess } from "./records.ts";
import { relief } from "./relief.ts";
import { complaint, complaintStatus, correction, otherChannel, supervision } from "./supervision.ts";

export const composers: Readonly<Record<Intent, Composer>> = {
  relief,
  litigation,
  priorReconsideration,
  statementDefense,
  hearingRight,
  finePayment,
  stayOfExecution,
  compensation,
  deadline,
  competence,
  whoHandles,
  entityInfo,
  benchmark,
  exemption,
  officerCheck,
  certificateDuty,
  auxiliaryStaff,
  inspection,
  penaltyTimeLimit,
  recordAccess,
  informationDisclosure,
  serviceGuide,
  procedure,
  onTheSpotGate,
  legalReviewGate,
  hearingGate,
  avRecordGate,
  deliberationGate,
  coercionGate,
  transferGate,
  disclosureDuty,
  officerManagement,
  supervision,
  complaint,
  complaintStatus,
  correction,
  otherChannel,
  lawLookup,
  outdatedLaw,
  help,
  greeting,
  thanks,
  emergency,
  legalOpinion,
  namedPerson,
  insult,
  injection,
  outOfScope,
};
