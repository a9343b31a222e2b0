/** The account's menu: each entry is a question, or opens the site. */
export interface Menu {
  readonly button: readonly (
    | MenuEntry
    | { readonly name: string; readonly sub_button: readonly MenuEntry[] }
  )[];
}

type MenuEntry =
  | { readonly type: "click"; readonly name: string; readonly key: string }
  | { readonly type: "view"; readonly name: string; readonly url: string };

/** At most three entries of five; the site is left out while it has no public address. */
export function menuOf(publicUrl: string | undefined): Menu {
  const ask = (name: string, key: string) => ({ type: "click", name, key }) as const;
  return {
    button: [
      {
        name: "不服处罚",
        sub_button: [
          ask("怎么复议诉讼", "不服行政处罚怎么办?"),
          ask("罚款缓交", "罚款交不起怎么办?"),
          ask("申请听证", "怎么申请听证?"),
        ],
      },
      {
        name: "核验监督",
        sub_button: [
          ask("核验执法人员", "核验执法人员"),
          ask("我要投诉", "我要投诉"),
          ask("查投诉进度", "查投诉进度"),
        ],
      },
      publicUrl ? { type: "view", name: "公示查询", url: publicUrl } : ask("能问什么", "帮助"),
    ],
  };
}
