/**
 * Where a rule is certain, it beats the classifier: danger now, a receipt alone, a greeting alone,
 * an attempt on the assistant's rules, a certificate number with “真假”. Everything else is learned.
 */
import type { Intent } from "../intents.ts";
import type { Mentions } from "../understanding.ts";

/** Present danger. Past tense (昨天打了我) is a complaint and left to the classifier. */
const danger: readonly RegExp[] = [
  /救命(?!稻草|恩人|钱|药|之恩)|快来人|要杀(?:我|人|他)|不想活|活不下去|自杀|跳楼|跳河|喝农药|轻生|同归于尽|(?:站|坐|爬)(?:在|到|上)了?(?:楼顶|天台|桥栏|塔吊)/,
  /(?:泼|浇|倒)(?:了)?(?:我|他|俺)?(?:一身)?(?:汽油|硫酸)|(?:拿|提|抱)着?(?:一桶)?(?:汽油|硫酸)/,
  /(?:拿|持|举|抡|挥)(?:着)?(?:刀|棍|棒|铁棍|棍子|铁锹|板砖|砖头|钢管|家伙)[^。!?]{0,8}(?:打|砍|砸|追|捅|比划|威胁|逼|要钱)|追着(?:我|他|人)?(?:打|砍)/,
  /(?:掐|勒)(?:着|住)?(?:我|他|她|人)(?:的)?(?:脖子|喉咙)|按(?:在|到)地上(?:打|揍|踹)|往死里打|打(?:昏|晕|死)(?:了|过去)|(?:满脸|一身|满头|头上|脸上)(?:都)?(?:是|流)血|(?:头|脸|鼻子)[^。!?]{0,3}流血了/,
  /(?:不让|不放)(?:我|人|我们|他)走(?!程序|流程|后门)|(?:关|锁)(?:我|人)?(?:在|进|到)?(?:我|人)?(?:车|屋|房|办公室|门)(?:里|内)?(?:不让|出不来|不放)|把(?:我|人|我们)(?:反)?(?:关|锁)(?:在|进)?(?:了)?(?:屋|车|房|办公室)/,
  /(?:假(?:的)?(?:城管|警察|执法|交警|工商|干部)|冒充[^。!?,]{1,8}|骗子)[^。!?]{0,8}(?:正|在|拦(?:着|车|住)|堵|跟着?)[^。!?]{0,6}(?:要钱|收钱|要现金|敲|讹)/,
  /(?:骗子|冒充|自称|说是)[^。!?]{0,24}(?:赶紧|马上|立刻|现在|快)[^。!?]{0,8}(?:打钱|把钱打|转账|汇款|转到|打到|转过去)[^。!?]{0,12}(?:银行|柜台|安全账户|在(?:路上|取款机|atm))/,
  /(?:强拆|推土机|挖机|铲车|挖掘机)[^。!?]{0,12}(?:人|老人|孩子|我|我妈|我爸|娃)(?:还|都|就)?在(?:屋|里|家)/,
  /(?:正在|现在|这会儿|眼下|马上|此刻|刚刚|就在|还在|正)[^。!?]{0,14}(?:打(?!电话|算|听|印|官司|招呼|车|折|工|12|11)(?:人|我|他|架|起来|老人|砸|群)|砸(?:我|店|东西|摊)|抢(?:我|东西|走|手机)|持刀|拿刀|行凶|敲诈|勒索|纵火|放火|动手|推搡|强行带走|绑)/,
  /(?:有人|他|他们|对方|几个人|一伙人)[^。!?]{0,8}(?:拿着?刀|持刀|拿着?棍|拿枪|拿着?铁棍)/,
  /(?:假(?!的|证|如|期|货|药|话|装)|冒充|自称|穿制服|穿警服|骗子)[^。!?]{0,14}(?:正逼|堵(?:着|在)|围着|还不走|赖着|逼(?:我|着))/,
  /(?:假(?!的|证|如|期|货|药|话|装)|冒充|自称|穿制服|穿警服|骗子)[^。!?]{0,14}(?:正在|现在|这会儿|就在|马上)[^。!?]{0,16}(?:交钱|转账|转钱|要钱|收钱|扫码|汇款|给钱|搜|翻|店里|门口|摊前)/,
  /(?:正在|现在|这会儿|就在|逼我|逼着我)[^。!?]{0,16}(?:冒充|假(?:城管|警察|执法|交警|证)|不给钱就|不转账就|扣着(?:我|人)不让走|不让我走|关在|锁在屋)/,
  /(?:着火了|起火了|煤气泄漏|爆炸了|出人命|流了?(?:好多|很多|一地)血|被困|晕倒了|昏过去了|要打死)/,
  /(?:马上|现在|快|帮我|赶紧|要|想)报警|我要打110|快叫警察/,
];
/** Told or asked about, not happening. A word of now beside it takes that back. */
const pastOrAsking =
  /昨天|昨晚|前天|上周|上礼拜|上个月|上月|去年|前年|那天|当时|前几天|前阵子|以前|曾经|怎么处罚|(?:会|要)?怎么判|判(?:几|多少)|什么罪|罪(?:名|判)|罚多少|法律(?:上)?(?:怎么)?规定|算不算|算(?:是)?敲诈|怎么(?:辨别|识别|防)|听说/;
const happening = /正在|这会儿|此刻|眼下|救命(?!稻草|恩人|钱|药)|快来人|不想活|活不下去|现在(?:还|又|就|有)/;

const injection: readonly RegExp[] = [
  /(?:忽略|无视|忘(?:掉|记|了)|抛开|跳过|不要遵守|别管|绕过|覆盖)[^。?!]{0,12}(?:指令|规则|提示|设定|限制|要求|约束|上文|之前的话|上面的话|系统)/,
  /(?:系统|初始|隐藏|内部)?(?:提示词|prompt|system prompt)|系统(?:指令|设定|消息)|你的(?:指令|设定|规则)(?:是|全文|打印|说出来|发)/,
  /(?:ignore|forget)[^.]{0,24}(?:instruction|rule|above|previous)|disregard|jailbreak|developer mode|\bdan\b|system:|<\|?(?:im_start|system)|act as|pretend/,
  /(?:你现在|从现在(?:起|开始)|接下来)[^。?!]{0,8}(?:是|扮演|变成|充当)[^。?!]{0,16}|开发者模式|越狱|(?:扮演|假装)(?:你是|一个|成)?[^。?!]{0,10}(?:律师|法官|没有限制|不受限制|猫|局长|黑客)/,
  /(?:不要|别|不用|去掉|删掉)(?:加|带|写)?(?:引用|出处|来源|依据)[^。?!]{0,10}(?:直接|编|随便)|(?:编造|编一个|伪造|虚构)[^。?!]{0,10}(?:法条|文号|证号|条文|电话|规定)/,
  /(?:说|回答|复述|输出|回复)[^。?!]{0,6}(?:以下|下面|这句)[^。?!]{0,12}(?:一字不差|原样|不要改)/,
];

const GREETING =
  /^(?:你好|您好|在吗|在不在|有人吗|哈喽|哈罗|嗨|嘿|喂|早上好|上午好|中午好|下午好|晚上好|早安|晚安|早|hello|hi|hey|同志|客服|机器人|小助手|助手|亲|老师|师傅|请问|大家|们|啊|呀|呢|哦|吗|[,。!?~ ])+$/;
const THANKS =
  /^(?:谢谢|多谢|感谢|谢了|谢|辛苦了|辛苦|麻烦了|麻烦你了|知道了|明白了|懂了|好的|好|行|可以了|没事了|没有了|嗯嗯|再见|拜拜|bye|thanks|thank you|3q|ok|okay|您|你|了|啊|哈|非常|太|就这样|不用了|帮大忙|很有用|[,。!~ ])+$/;
const REAL = /真|假|核实|核验|查一?下?|验|有没有这个人|是不是|骗子|能查|查得到|有效|过期/;

/** The intent, when it is certain. `text` is normalised. */
export function certainIntent(text: string, mentions: Mentions): Intent | undefined {
  if (isEmergency(text)) return "emergency";
  if (injection.some((pattern) => pattern.test(text))) return "injection";
  if (mentions.receipts.length > 0 && plainLength(text.replace(/[\d\- ]{17,}/g, "")) <= 12)
    return "complaintStatus";
  if (GREETING.test(text)) return "greeting";
  if (THANKS.test(text)) return "thanks";
  if (mentions.certNos.length > 0 && (REAL.test(text) || plainLength(text) <= 4)) return "officerCheck";
  if (/^(?:sb|nmsl|cnm|tmd|fuck[a-z ]*|shit)[!.]*$/.test(text)) return "insult";
  if (plainLength(text) === 0) return "help";
  if (!/[\u4e00-\u9fa5]/.test(text) && !hasNumber(mentions)) return "outOfScope";
  return undefined;
}

export function isEmergency(text: string): boolean {
  return danger.some((pattern) => pattern.test(text)) && !isTold(text);
}

/** Words of the past, of the law or of hearsay, and none of now: whatever the danger, it is not under way. */
export function isTold(text: string): boolean {
  return pastOrAsking.test(text) && !happening.test(text);
}

const plainLength = (text: string) => text.replace(/[^\p{L}]/gu, "").length;
const hasNumber = (mentions: Mentions) =>
  mentions.certNos.length + mentions.docNos.length + mentions.codes.length + mentions.receipts.length > 0 ||
  mentions.usccs.length + mentions.caseNos.length + mentions.amountsYuan.length > 0 ||
  mentions.trigger.kind !== "none";
