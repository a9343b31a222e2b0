/** Every public page and its address. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dayOf } from "../../../src/law/day.ts";
import type { ApiParts } from "../api.ts";
import type { Page } from "../layout.ts";
import { mountAbout } from "./about.ts";
import { mountChat } from "./chat-routes.ts";
import { mountComplaints } from "./complaints.ts";
import { mountCompleteness } from "./completeness.ts";
import { mountDeadlines } from "./deadlines.ts";
import { mountLaws } from "./laws.ts";
import { mountOfficers } from "./officers.ts";
import { mountOrgans } from "./organs.ts";
import { mountPoints } from "./points.ts";
import { mountPowers } from "./powers.ts";

export interface PageParts extends ApiParts {
  readonly show: (request: FastifyRequest, reply: FastifyReply, page: Page) => FastifyReply;
}

export function mountPages(server: FastifyInstance, parts: PageParts): void {
  mountChat(server, parts);
  mountOrgans(server, parts);
  mountPowers(server, parts);
  mountOfficers(server, parts);
  mountDeadlines(server, parts);
  mountLaws(server, parts);
  mountPoints(server, parts);
  mountComplaints(server, parts);
  mountCompleteness(server, parts);
  mountAbout(server, parts);
}

export const todayOf = (parts: Pick<PageParts, "now">) => dayOf(parts.now());
