/** What people did, as an auditor reads it. */
import { moveNames, moves } from "../../src/cases/states.ts";

interface Deeds {
  readonly label: string;
  readonly actions: Readonly<Record<string, string>>;
}

const moved = Object.fromEntries(moveNames.map((name) => [`case.${name}`, `办理:${moves[name].label}`]));

/** By what an auditor asks for. */
export const deeds = {
  identity: {
    label: "看身份",
    actions: { "identity.name": "查看投诉人称呼", "identity.contact": "查看投诉人联系方式" },
  },
  reading: {
    label: "看办件和证据",
    actions: { "case.read": "查看办件", "evidence.read": "查看证据" },
  },
  taking: { label: "导出", actions: { "case.export": "导出办件", "queue.export": "导出办件列表" } },
  moving: { label: "办理", actions: { ...moved, "document.answer": "答复文书" } },
  data: {
    label: "公示数据",
    actions: {
      "data.upload": "上传清单",
      "data.keep": "保存清单草稿",
      "data.drop": "不要上传的清单",
      "data.discard": "丢弃清单草稿",
      "data.confirmMapping": "确认列名对应",
      "release.propose": "提请发布",
      "release.proposeRollback": "提请回退",
      "release.publish": "发布",
      "release.rollback": "回退",
      "release.refuse": "撤销或不同意提请",
    },
  },
  accounts: {
    label: "账号和登录",
    actions: {
      signIn: "登录",
      "account.add": "新建账号",
      "account.update": "改账号",
      "account.resetPassword": "重置密码",
      "account.changePassword": "改密码",
    },
  },
} as const satisfies Record<string, Deeds>;
export type Deed = keyof typeof deeds;
export const deedNames = Object.keys(deeds) as Deed[];

const words: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(deeds).map(({ actions }) => actions),
);

export const sayDeed = (action: string) => words[action] ?? action;
