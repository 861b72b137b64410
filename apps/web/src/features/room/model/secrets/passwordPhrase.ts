/** How people announce a password, in many languages. The value follows. */
const announcements = [
  'pass ?words?',
  'pass ?phrase',
  'pass ?code',
  'pass(?:wd)?',
  'pwd?',
  'pw',
  'passw[oö]rt',
  'kenn ?wort',
  'zugangscode',
  'mot de passe',
  'mdp',
  'contrase(?:ñ|n)a',
  'clave',
  'senha',
  'palavra-passe',
  'wachtwoord',
  'hasło',
  'heslo',
  'lösenord',
  'şifre',
  'parola',
  'пароль',
  'كلمة (?:المرور|السر)',
  'סיסמה',
  'パスワード',
  '密码',
  '비밀번호',
  'pin',
  'api[ _-]?key',
  'apikey',
  'access[ _-]?(?:key|token)',
  'auth[ _-]?token',
  'secret(?:[ _-]?key)?',
  'client[ _-]?secret',
  'private[ _-]?key',
  'token',
].join('|');
const verbs = "is|are|ist|lautet|war|est|c'est|es|é|è|jest|to|является|هي|هو|now|jetzt|=";
/**
 * Bounded at every step, so that it is linear whatever it is given: a word, up to a few names behind it (`for the
 * wifi`), a colon, an equals sign or a verb, and a value of 4 to 64 characters.
 */
const phrase = new RegExp(
  `(?<![\\p{L}\\d])(?:[a-z]{1,12}_){0,3}(?:${announcements})["']?(?: (?:for|of|to|für|zum|vom|pour|du|de|para|для|of the|for the)(?: [\\p{L}\\d-]{1,16}){1,2})?\\s{0,2}(?:(?:[:：=]|:=|=>|-|–)\\s{0,2}|\\s(?:${verbs})\\s?[:：]?\\s?)["'\`„“«]?([^\\s"'\`“”«»,]{4,64})`,
  'giu',
);
/** Values that say where a password is to be found, or stand for one in code and in instructions. */
const placeholders =
  /^(?:[<${[(%*•·.x_-]|your|my[_-]|process\.|os\.|env\b|env\.|req\.|config|ctx\.|this\.|self\.|props\.|string|null|undefined|none|true|false|https?:)|\(|\)$|\$\{|[•*]{3}|\.{3}$|^\d{1,2}[.:]\d{2}$/i;

/** Whether a password, PIN, key or token is announced and then given. */
export function hasPasswordPhrase(text: string): boolean {
  for (const { 0: all, 1: value } of text.matchAll(phrase)) {
    if (value !== undefined && isGiven(trim(value), all)) return true;
  }
  return false;
}

/** A word alone (`password: required`) is none; one with digits, signs, inner capitals or dashes is. */
function isGiven(value: string, announced: string): boolean {
  if (value.length < 4 || placeholders.test(value)) return false;
  if (/^\w{0,3}pin/i.test(announced)) return /^\d{4,8}$/.test(value);
  if (/^\p{L}+$/u.test(value)) return /\p{Ll}\p{Lu}/u.test(value) && /\p{Lu}\p{Ll}?\p{Lu}/u.test(value);
  // A name of something in code, a path, a version, or words with a dash.
  if (/^[a-z]+(?:[._][a-z]+)+$/i.test(value) || /^v?\d+(?:\.\d+)+$/.test(value)) return false;
  if (/^\p{L}+(?:[-/]\p{L}+){1,2}$/u.test(value)) return false;
  if (/^\d+(?:[.,]\d+)?(?:%|ms|s|min|kb|mb|x)?$/i.test(value))
    return /^\d{4,}$/.test(value) && !/^(?:19|20)\d\d$/.test(value);
  return /[\p{L}\d]/u.test(value);
}

function trim(value: string): string {
  return value.replace(/[.,;:?…)\]}]{1,4}$/u, '');
}
