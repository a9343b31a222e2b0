/** A photo, a voice message, a place: what can be done with it now, said where no form is open to take it. */
import type { Handled, TurnContext } from "../conversation.ts";
import type { Choice } from "../reply.ts";
import type { Thing, Turn } from "../turn.ts";

const COMPLAIN: Choice = { id: "start:complaint", label: "登记投诉并交证据" };
const KEPT = "现在没有在登记投诉,所以没有保存。要作为投诉的证据,先登记投诉,再发一次。";

const says: Readonly<Record<Thing, { readonly text: string; readonly choices: readonly Choice[] }>> = {
  photo: {
    text: `收到照片了,但图里的字我读不了。是决定书、罚单的话,请把上面的单位(看公章)、日期、金额打字发来,我来说找谁、最后一天是哪天;是执法证的话,把证号打出来,我来核对。${KEPT}`,
    choices: [COMPLAIN],
  },
  voice: {
    text: `收到语音了,但我听不了。请把要问的打字发来,或者用输入法的语音转文字。${KEPT}`,
    choices: [COMPLAIN],
  },
  video: {
    text: `收到视频了,但我看不了里面的内容。请打字说发生了什么、是哪个单位、哪天。${KEPT}`,
    choices: [COMPLAIN],
  },
  document: {
    text: `收到文件了,但里面的内容我读不了。请把单位、日期、金额打字发来,我来说找谁、最后一天是哪天。${KEPT}`,
    choices: [COMPLAIN],
  },
  location: {
    text: "收到位置了,但只有坐标,我认不出是哪里。请写县(市、区)的名称,例如“盐湖区”,再说要问什么。在登记投诉时到“地点”一步发位置,会写进去。",
    choices: [COMPLAIN],
  },
  contact: {
    text: "收到名片了,但我不打听个人,也不保存。要核对执法人员,请把执法证号打字发来。",
    choices: [],
  },
  sticker: { text: "收到表情了。请打字说遇到的事,例如“城管罚了我,去哪里申诉”。", choices: [] },
  other: { text: "这种消息我打不开。请打字说遇到的事,或者把文书上的单位、日期打出来。", choices: [] },
};

const MEDIA: readonly (readonly [Thing, RegExp])[] = [
  ["photo", /^image\//],
  ["voice", /^audio\//],
  ["video", /^video\//],
];

/** What came: as the door says, else by what the first file claims to be. */
export function thingOf(turn: Turn): Thing | undefined {
  if (turn.thing) return turn.thing;
  const [file] = turn.files;
  return file && (MEDIA.find(([, type]) => type.test(file.claimedType))?.[0] ?? "document");
}

const COORDINATES = /^位置 -?[\d.]+,-?[\d.]+$/;

/** The reply to a thing without words; undefined when words came with it, or nothing but words. */
export function replyToThing({ turn, said }: TurnContext): Handled | undefined {
  const thing = thingOf(turn);
  const wordless = said.text === "" || COORDINATES.test(said.text);
  if (!thing || said.choice !== undefined || !wordless) return undefined;
  const { text, choices } = says[thing];
  return {
    reply: {
      outcome: "clarify",
      intent: "help",
      blocks: [{ kind: "text", text }],
      choices,
      citations: [],
    },
  };
}

/** Said before the answer to the words that came with it. */
export function besideWords({ turn }: TurnContext, handled: Handled): Handled {
  const thing = thingOf(turn);
  if (!thing || turn.files.length === 0) return handled;
  return {
    ...handled,
    reply: {
      ...handled.reply,
      blocks: [
        ...handled.reply.blocks,
        {
          kind: "notice",
          level: "info",
          text: "随消息发来的文件我看不了内容,也没有保存;要作为投诉的证据,请在登记投诉时发。",
        },
      ],
    },
  };
}
