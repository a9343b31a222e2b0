/** What a message does: it asks, it tells, it corrects what was told before; and who speaks. */

/** Words that make a question, wherever they stand. */
const QUESTION =
  /[?]|吗|么$|^(?:那|哪).{0,10}呢$|^.{1,5}呢$|(?<!算了|行|好|罢了|等着)吧[?]?$|不会.{0,12}吧|还是(?!不|没|要|被|让|给|得)|(\p{Script=Han})不\1|(?:不|啵|不哇|得不)$|(?<=..)(?<![都也还就啥么])没(?:有)?$|怎|咋|啥|什么|哪|谁|几(?!乎|百|千|万|次三番)|多少|多久|多长|多大|多会|何时|为何|凭什么|为什么|如何|是不是|能不能|可不可以|要不要|有没有|用不用|行不行|对不对|该不该|算不算|会不会|是否|能否|可否|合法|合规|违法(?!行为|所得|建)|有权|没权|资格|(?:想|请|问)问|咨询|告诉我|说说|讲讲|教教|帮我(?:查|看|算)|查(?:一)?下|算(?:一)?下|有(?:效|用)(?:没|不)|来得及|能(?:告|申请|复议|起诉|退|要|拆|罚|扣|查|拿|走|撤|申辩|分期|缓)|可以(?:告|申请|复议|起诉|退|要|不)|还能|才能|要是|如果|万一|假如/u;
/** A wish to act against a decision, put without a question. */
const DEMAND =
  /(?:我?要|想|准备|打算|去|就)(?:去|申请|提)?(?:复议|起诉|投诉|举报|听证|申诉|申辩|打官司|告)|不服|不认/;

export const asks = (text: string): boolean => QUESTION.test(text);
export const demands = (text: string): boolean => DEMAND.test(text);

/** “不是,是11月12号”, “说错了”: what was told last was meant otherwise. */
const CORRECTS =
  /(?:^|[,。])(?:哦|嗯|唉|等下|等等)*(?:不是|不对|也不是)|(?:说|写|记|看|搞|弄|打|发)(?:错|差|岔)(?!误)|错了|少打|多打|应该是|更正|改成|改下|改一下/;
export const corrects = (text: string): boolean => CORRECTS.test(text);

/** Said by one who enforces: of the other side, of his own case, of his unit. */
const OFFICER =
  /当事人|相对人|被处罚人|违法行为人|行政相对|(?:我|俺|咱)(?:们)?(?:办|查|立)的(?:案|这个案)|案卷|卷宗|法制审核|(?:我|俺|咱)们?(?:所|大队|中队|支队|分局|执法队)(?!.{0,4}(?:附近|门口|来))|(?:我|俺)(?:是|一个|这边是)?(?:个)?(?:市监|城管|交警|派出所|执法|民警|辅警|应急|环保|消防)(?:局|所|队)?的(?![^,。]{0,6}(?:罚|扣|封|拆))|(?:我|俺)一个(?:交警|民警|执法)|领导(?:说|让|叫|要|批)|群众反映|出警|协查|我同事/;
export const speaksAsOfficer = (text: string): boolean => OFFICER.test(text);

/** Too hard to understand, or what comes next: asks for the last answer in other words. */
const PLAINLY =
  /听不懂|看不懂(?!字)|不懂(?:啥|什么)?意思|说人话|讲人话|说明白|说清楚|简单(?:点|说)|太长|啥意思$|什么意思$/;
const NEXT =
  /^(?:那|哦|嗯|好|行|那我)*(?:然后|下一步|接下来|下面|后面)(?:呢|咋办|怎么办|咋弄|干啥|该干啥|该咋办|弄啥)?$|(?:先|该)(?:干|做|弄)(?:啥|什么)|一步一步/;
export const wantsPlainly = (text: string): boolean => PLAINLY.test(text) && text.length <= LONGEST_ASIDE;
export const wantsNext = (text: string): boolean => NEXT.test(text);

/** “你记住俺说的没”, “我刚才说了啥”: what was told is asked back. */
const RECALLS =
  /(?:你)?(?:记住|记下|记得|记着)(?:了)?(?:我|俺|咱)?(?:说的?|讲的?)?.{0,4}(?:没|吗|不)|我(?:刚才|前面)说(?:了|的)?(?:啥|什么)/;
export const recalls = (text: string): boolean => RECALLS.test(text) && text.length <= LONGEST_ASIDE;

const LONGEST_ASIDE = 24;

/** Help has come, or the moment has passed: “120来了 送去医院了”, “报过警了”, “好点了”. */
const OVER =
  /(?:120|110|119|救护车|警察|消防|医生|民警)[^,。]{0,4}(?:来|到|走|处理|拉走)(?:了|过)|送(?:去|到|往|进)?[^,。]{0,3}医院|报(?:了|过)(?:警|案)|^报了|(?:没|无)(?:啥|什么|大)?事(?:儿)?了|好(?:多|点|些)了|(?:他们|人)(?:都)?(?:走|散)了|(?:就是|只是|随便|也就)(?:说说|气话|发发牢骚)|睡不着/;
export const isOver = (text: string): boolean => OVER.test(text);

/** Somebody is hurt: 摔地上了, 流血, 晕, 起不来. */
const INJURED = /受?伤(?!残鉴定)|血|摔|晕|昏|骨折|起不来|动不了|疼得|打坏|打断|磕(?:破|着)|肿/;
export const tellsInjury = (text: string): boolean => INJURED.test(text);

/** “算了”, “不告了”: the person lets the matter go. */
const GIVES_UP =
  /^(?:那|唉|哎|行|我|俺|咱|我爸|我妈|他|家里|家里人|老婆|老公)*(?:说)?(?:算了|不弄了|不告了|不折腾了|不争了|认了|认栽|拉倒)(?:吧|了|啦|啊)*$/;
export const givesUp = (text: string): boolean => GIVES_UP.test(text.replace(/[^\p{L}]/gu, ""));

/** Someone who only says he is an officer, a code, a link: may be a swindle, and is no decision that was made. */
const SCAM = /自称|冒充|验证码|安全账户|(?:点|发|有)[^,。]{0,3}链接|骗子/;
export const soundsLikeScam = (text: string): boolean => SCAM.test(text);

/** “电话呢”, “他们电话多少”, “在哪”: asked of whoever was just named. */
const CONTACT =
  /^(?:那|他|她|它|们|的|这个|那个|单位)*(?:电话|地址|联系方式|怎么联系|咋联系|在哪)(?:呢|多少|是多少|是啥|儿)?[?]?$/;
export const asksContact = (text: string): boolean => CONTACT.test(text);

/** “那西演区的呢”, “要是派出所的呢”: the same question of another value. */
const ELLIPTIC = /^(?:那|要是|换成|如果)?.{0,12}呢[?]?$/;
export const isElliptic = (text: string): boolean => ELLIPTIC.test(text);
