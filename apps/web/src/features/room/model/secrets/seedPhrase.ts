/** So many words a phrase of a wallet has (BIP 39). */
const counts: ReadonlySet<number> = new Set([12, 15, 18, 21, 24]);
/**
 * Words of three to eight letters that hold sentences together, and that BIP 39's list lacks: in place of its 2,048
 * words, which everybody would load. A dozen words in a row without one of these are no sentence.
 */
const inSentences: ReadonlySet<string> = new Set(
  `and are been but can't could did does don't eleven for four from get going gonna got had has her here him his
  how its let may nine not our out said see she should than thanks the their them think those was were
  which who why with would yet your und der die das ist nicht ein eine mit auf für von wir ich sie den dem les des est
  une pour pas que los las con una por para del per non sono`.split(/\s+/),
);

/** Whether all of a text is the seed phrase of a wallet: 12 to 24 plain words, numbered or not. */
export function isSeedPhrase(text: string): boolean {
  if (text.length > 400) return false;
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
    .map((word) => word.replace(/^\d{1,2}[.):]?/, ''))
    .filter((word) => word !== '');
  if (!counts.has(words.length)) return false;
  return words.every((word) => /^[a-z]{3,8}$/.test(word) && !inSentences.has(word));
}
