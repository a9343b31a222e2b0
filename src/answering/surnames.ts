/** The hundred commonest surnames and the double ones, as alternatives of a pattern. */
export const SURNAMES =
  "欧阳|上官|司马|诸葛|令狐|皇甫|尉迟|公孙|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤卫解景柴裴薄樊晋宁柳]";
