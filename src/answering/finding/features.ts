/** What the re-ranker sees of a candidate. The order of the names is the order in the model's file. */

export const featureNames = [
  "wordShare",
  "wordScore",
  "bigramShare",
  "bigramScore",
  "textWordShare",
  "textBigramShare",
  "lexicalRank",
  "askNear",
  "askNearThree",
  "askGap",
  "askRank",
  "unitNear",
  "unitGap",
  "unitRank",
  "textNear",
  "covered",
  "covers",
  "sameTokens",
  "topicMass",
  "aspectMass",
  "lawMass",
  "topicOdds",
  "aspectOdds",
  "lawOdds",
  "routed",
  "routedTop",
  "audience",
  "agrees",
  "conflicts",
  "lawNamed",
  "articleNamed",
  "corrects",
  "isService",
  "isFaq",
  "questionLength",
  "askCount",
  "often",
  "talkSame",
  "talkNext",
  "talkTopic",
  "talkLaw",
  "talkArticle",
  "talkNear",
  "joinedShare",
  "joinedAskNear",
  "joinedAskGap",
  "joinedUnitNear",
  "joinedTokens",
] as const;
export type FeatureName = (typeof featureNames)[number];
export const FEATURES = featureNames.length;

export type Described = Readonly<Record<FeatureName, number>>;

/** Candidates as one row of `FEATURES` numbers each. */
export function rowsOf(candidates: readonly Described[]): Float32Array {
  const rows = new Float32Array(candidates.length * FEATURES);
  for (const [n, candidate] of candidates.entries()) {
    rows.set(
      featureNames.map((name) => candidate[name]),
      n * FEATURES,
    );
  }
  return rows;
}
