/** Lines as people write them, with the personal data planted in them; the same 2 400 every time. */

export interface Line {
  readonly text: string;
  /** Each must be gone after masking. */
  readonly personal: readonly string[];
  /** Each must still be there. */
  readonly usable: readonly string[];
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export function corpus(count: number): Line[] {
  const random = seeded(7);
  const int = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T;
  const digits = (length: number) => Array.from({ length }, () => int(0, 9)).join("");
  const two = (value: number) => String(value).padStart(2, "0");

  const identity = () => {
    const body = `${pick(["142701", "140802", "110101", "310104", "140826"])}${int(1940, 2012)}${two(int(1, 12))}${two(int(1, 28))}${digits(3)}`;
    const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (ID_WEIGHTS[at] ?? 0), 0);
    return body + "10X98765432"[sum % 11];
  };
  const luhn = (body: string) => {
    const sum = [...body].reverse().reduce((total, digit, at) => {
      const value = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return body + ((10 - (sum % 10)) % 10);
  };
  const card = () => luhn(`62${pick(["2202", "2848", "1700", "1661"])}${digits(pick([9, 12]))}`);
  const mobile = () =>
    `${pick(["130", "135", "139", "147", "150", "158", "166", "173", "177", "182", "189", "191", "198"])}${digits(8)}`;
  const name = () =>
    pick(["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司马"]) +
    pick(["建国", "秀英", "强", "丽", "伟", "桂兰", "小明", "红梅", "海"]);
  const plate = () =>
    `${pick(["晋M", "晋A", "陕E", "豫M", "京A"])}${pick([`${digits(5)}`, `D${digits(5)}`, `A${digits(4)}`, `K${digits(3)}8`.slice(0, 5)])}`;
  const email = () =>
    `${pick(["zhang", "li_m", "wang.x", "test2026"])}${int(1, 999)}@${pick(["163.com", "qq.com", "mail.sx.cn", "126.com"])}`;
  const address = () =>
    `${pick(["红旗小区", "河东花园", "学苑家园", "禹都公寓"])}${int(1, 40)}号楼${int(1, 6)}单元${int(1, 9)}0${int(1, 4)}室`;

  const uscc = () => {
    const body = `91140800MA0${Array.from({ length: 6 }, () => pick([..."0123456789ABCDEFGHJK"])).join("")}`;
    let weight = 1;
    let sum = 0;
    for (const character of body) {
      sum += USCC_ALPHABET.indexOf(character) * weight;
      weight = (weight * 3) % 31;
    }
    return body + USCC_ALPHABET[(31 - (sum % 31)) % 31];
  };
  const docNo = () =>
    `${pick(["晋运市监罚", "运政办发", "盐城管罚决", "国办发", "晋M公交决"])}〔20${int(17, 26)}〕${int(1, 1_234_567)}号`;
  const certNo = () => pick([`1408${digits(7)}`, `晋0${digits(7)}`, `M${digits(9)}`, `1408${digits(9)}`]);
  const caseNo = () => `（20${int(20, 26)}）晋08${pick(["行初", "行终", "行赔初"])}${int(1, 999)}号`;
  const code = () => `1408${digits(2)}${digits(int(6, 18))}`;
  const sum = () =>
    `${pick([String(int(50, 999)), String(int(1000, 999_999)), `${int(1, 99)}万`, digits(8).replace(/^0/, "1")])}元`;

  const makers: (() => Line)[] = [
    () => plant([identity()], (x) => `我的身份证${x}能查处罚吗`),
    () => plant([identity()], (x) => `身份证号:${x},罚我两千对不对`),
    () => plant([identity().toLowerCase()], (x) => `${x}这是我的号`),
    () => plant([mobile()], (x) => `有消息打我电话${x}`),
    () => plant([mobile()], (x) => `联系方式 ${x} 谢谢`),
    () => plant([mobile()], (x) => `城管留的手机号是${x}让我转账`),
    () => plant([card()], (x) => `让我往卡号${x}转钱`),
    () => plant([card()], (x) => `${x} 这是他给的银行卡`),
    () => plant([email()], (x) => `发到${x}就行`),
    () => plant([plate()], (x) => `我的车牌${x}被扣了`),
    () => plant([name()], (x) => `我叫${x},昨天被罚了`),
    () => plant([name()], (x) => `本人${x},不服这个处罚`),
    () => plant([address()], (x) => `我住${x},楼下饭店油烟大`),
    () => plant([name(), mobile(), identity()], (n, m, i) => `本人${n},身份证${i},电话${m},要求复议`),
    () => keep([certNo()], (x) => `执法证号 ${x} 是真的吗`),
    () => keep([certNo()], (x) => `他的证件号是${x}帮我查查`),
    () => keep([docNo()], (x) => `处罚决定书 ${x} 能复议吗`),
    () => keep([docNo()], (x) => `收到${x},请问最晚哪天`),
    () => keep([sum()], (x) => `罚款${x}合法吗`),
    () => keep([sum()], (x) => `他收了我${x}没给票`),
    () => keep([caseNo()], (x) => `${x}判决我不服`),
    () => keep([uscc()], (x) => `统一社会信用代码${x}`),
    () => keep([uscc()], (x) => `查${x}有没有处罚`),
    () => keep([code()], (x) => `事项编码${x}是什么`),
    () => both([mobile()], [certNo()], (m, c) => `执法证号${c}的人让我打${m}`),
    () => both([identity()], [docNo(), sum()], (i, d, s) => `身份证${i}的${d}罚了${s}`),
    () => both([name()], [docNo()], (n, d) => `我叫${n},${d}怎么复议`),
    () => keep([`20${int(20, 26)}年${int(1, 12)}月${int(1, 28)}日`], (x) => `${x}收到的决定书`),
  ];
  return Array.from({ length: count }, (_, at) => (makers[at % makers.length] as () => Line)());

  function plant(personal: string[], say: (...x: string[]) => string): Line {
    return { text: say(...personal), personal, usable: [] };
  }
  function keep(usable: string[], say: (...x: string[]) => string): Line {
    return { text: say(...usable), personal: [], usable };
  }
  function both(personal: string[], usable: string[], say: (...x: string[]) => string): Line {
    return { text: say(...personal, ...usable), personal, usable };
  }
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
