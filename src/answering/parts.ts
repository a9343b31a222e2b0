/** Passages that several composers share: which place, which organ, what to ask next. */
import type { LastSaid } from "../conversation.ts";
import { eventKinds } from "../law/event.ts";
import type { Entity } from "../records/schema.ts";
import { answers, notPublished } from "../wording/answers.ts";
import type { Ask, Page } from "./answer.ts";
import { areaNamed, type OrganFound, type Place } from "./place.ts";
import type { When } from "./when.ts";

const MOST_CHOICES = 8;

/** Says which place was assumed; asks when it is shared or unknown. */
export function addPlace(page: Page, place: Place): Page {
  switch (place.kind) {
    case "known":
      page.remember({ area: place.area.code });
      return place.assumed ? page.notice("info", answers.assumedArea(place.area.name), place.area) : page;
    case "choose":
      page.text(answers.chooseArea(place.said), ...place.options);
      for (const area of place.options.slice(0, MOST_CHOICES)) page.choice(`area:${area.code}`, area.name);
      return page;
    case "unlisted":
      page.text(answers.unlistedArea(place.said));
      for (const area of place.nearest) page.choice(`area:${area.code}`, area.name);
      return page;
    case "none":
      return page;
  }
}

/** Asks for the organ, with the ones it may be as choices. A known organ is remembered. */
export function addOrganQuestion(page: Page, ask: Ask, found: OrganFound): Page {
  switch (found.kind) {
    case "known":
      return page.remember({ organ: found.entity.id });
    case "choose": {
      page.text(answers.chooseOrgan(found.said), ...found.options.slice(0, MOST_CHOICES));
      const names = labels(ask, found.options.slice(0, MOST_CHOICES));
      found.options.slice(0, MOST_CHOICES).forEach((entity, index) => {
        page.choice(`organ:${entity.id}`, names[index] ?? entity.name);
      });
      return waiting(page, ask, "organ");
    }
    case "unlisted":
      page.text(answers.unlistedOrgan(found.said));
      return waiting(page, ask, "organ");
    case "none":
      return waiting(page, ask, "organ");
  }
}

/** What is asked now finishes this question when it is answered. */
export function waiting(page: Page, ask: Ask, asked?: LastSaid["asked"]): Page {
  const pending = ask.memory.pending;
  const text = pending?.intent === ask.part.intent && ask.part.followUp ? pending.text : ask.part.text;
  page.remember({ pending: { intent: ask.part.intent, text: text.slice(0, 300) } });
  return asked ? page.remember({ last: { asked } }) : page;
}

/** The organs to turn to, so that “电话呢” is said of them. */
export function naming(page: Page, ...ids: readonly (string | undefined)[]): Page {
  const organs = [...new Set(ids.flatMap((id) => id ?? []))];
  return organs.length > 0 ? page.remember({ last: { organs } }) : page;
}

/** Asks for the day, with the days it may be as choices. */
export function addDayQuestion(page: Page, ask: Ask, when: When, otherwise: string): Page {
  if (when.kind === "day") return page;
  const text = when.kind === "none" ? otherwise : when.say;
  page.use(when).text(text);
  if (when.kind === "unclear") {
    for (const day of when.options) page.choice(`day:${day}`, day);
    const [first] = when.events ?? [];
    const oneDay = when.events?.every(({ day }) => day === first?.day);
    for (const { event, day } of when.events ?? [])
      page.choice(`event:${event}@${day}`, oneDay ? eventKinds[event] : `${day}${eventKinds[event]}`);
  }
  return waiting(page, ask, "day");
}

/** Names of a choice; the place is added where names are the same. */
function labels(ask: Ask, entities: readonly Entity[]): readonly string[] {
  return entities.map((entity) => {
    const shared = entities.filter((other) => other.name === entity.name).length > 1;
    const area = shared ? areaNamed(ask, entity.area)?.name : undefined;
    return area ? `${area} ${entity.name}` : entity.name;
  });
}

/** Address and phone as published; what is missing is said to be unpublished. */
export function contactRows(entity: Entity) {
  return [
    { label: "地址", value: entity.address ?? notPublished },
    { label: "电话", value: entity.phones.join("、") || notPublished },
    ...(entity.officeHours ? [{ label: "时间", value: entity.officeHours }] : []),
  ];
}
