/** One message into its matters: clauses that each ask something, with the story before them kept attached. */

/** Asks or demands something by itself. */
const ASKING =
  /[?]|吗|呢$|么$|不$|没$|怎么|什么|哪|多少|多久|几[天日号个点人次遍]|谁|能不能|可不可以|是不是|要不要|有没有|用不用|合不合|算不算|行不行|对不对|该不该|还能|凭什么|为什么|我要投诉|我要举报|我想投诉|我想举报|帮我查|查一下|告诉我|想问|请问|咨询|是否|能否|可否/;
const NEXT_MATTER =
  /(?=(?:另外|还有|再问|顺便|还想问|再一个|其次|最后(?!一天|期限|哪)|第[二三四]个?(?:问题)?[,、:是]|以及|同时(?:我)?想问))/;

const BEGINS_NEXT = new RegExp(`^${NEXT_MATTER.source}`);

/** A wish that needs no question mark, before “顺便”, “另外”. */
const DEMANDS = /(?:我)?(?:要|想|准备|打算)(?:申请)?(?:复议|起诉|投诉|举报|听证|申诉|告)|不服/;
/** The circumstances, told after the questions: they belong before the first. */
const TELLS_WHO = /我(?:们)?(?:是|家|店)?[^。?!]{0,8}(?:被|让|给)[^。?!]{1,16}(?:罚|扣|查|封|拆)/;

/** Clauses in order; each asks something, unless the message asks nothing at all. Never empty for a non-empty text. */
export function splitMatters(text: string): string[] {
  const clauses = text
    .split(/(?<=[。?!;\n])|(?<=,)/)
    .flatMap((clause) => clause.split(NEXT_MATTER))
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
  const matters: string[] = [];
  let story = "";
  for (const clause of clauses) {
    if (NEXT_MATTER.test(clause.slice(0, 6)) && DEMANDS.test(story)) {
      matters.push(story);
      story = "";
    }
    story += clause;
    if (!ASKING.test(clause.replace(/[,。!;\s]+$/, ""))) continue;
    matters.push(story);
    story = "";
  }
  if (story !== "") {
    if (BEGINS_NEXT.test(story)) return [...matters, story];
    const first = matters.shift();
    if (first !== undefined && TELLS_WHO.test(story)) matters.unshift(story + first);
    else if (first === undefined) matters.push(story);
    else {
      matters.unshift(first);
      matters.push((matters.pop() ?? "") + story);
    }
  }
  return matters;
}

/** A long angry paragraph with rhetorical questions is one matter, not ten. */
export const MAX_MATTERS = 4;
