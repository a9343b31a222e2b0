/** Sentences about supervision, complaints, other channels. */
import { notPublished } from "./answers.ts";

export const supervision = {
  body: (organ: string, body: string) => `${organ}由${body}监督,可以向它投诉。`,
  general: "执法监督机构就是同级的司法行政部门(司法局)。",
  unknown: `具体的监督电话,${notPublished}。`,
  fileHere: "也可以在这里登记投诉,会有回执,能查进度。",
  open: "可以在这里登记投诉。点下面开始,先告诉您谁能看到、要不要留联系方式。",
  decisionNote:
    "您说到了一个具体的决定:投诉改变不了它,也不会让复议、起诉的期限停下来。要推翻它,请另外申请复议。",
  lastDay: (day: string) => `按您说的日期,申请复议的最后一天是${day}。`,
  status: "请点“查进度”,再输入登记时给您的回执号。",
  statusLost: "回执号没有了的话,我们没法替您查,可以重新登记。",
  correction: "可以提更正。点下面开始,说哪一条、哪里不对;由数据提供单位核实。",
  noReply: "上班时间再打一次,或者打便民热线请它转;号码本身不对的,可以提更正。",
  correctionWhich: "您说的是哪一条?先查到那条信息,再点“这里写得不对”;或者直接开始登记。",
  start: "开始登记投诉",
  startStatus: "查进度",
  startCorrection: "开始更正",
} as const;

export const channels = {
  call: (name: string, number: string) => `这件事找${name}:${number}。`,
  retired: (number: string, by: string) => `${number}是旧号码,现在请打${by}。`,
  retiredOnly: (number: string) => `${number}是旧号码,已经并入新的热线。`,
  none: "这件事没有对上公布的热线,可以先打便民热线问。",
  noDetails: "请不要把详细线索、证据发在这里。",
} as const;
