import { LIMITS } from '@conclave/protocol';

export type Reason = 'common' | 'personal' | 'keyboard' | 'repeat' | 'sequence' | 'date' | 'words';

export interface Judgement {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly reasons: readonly Reason[];
}

export type Judge = (password: string, personal: readonly string[]) => Judgement;

/** What is shown while somebody types. The server decides; this only says early what it is going to say. */
export type Strength =
  | { readonly kind: 'empty' }
  | { readonly kind: 'short'; readonly missing: number }
  | { readonly kind: 'long' }
  | ({ readonly kind: 'judged' } & Judgement);

/** @param min characters that the organisation asks for. Length is counted in code points, as the server does. The judge comes later than the form: null until then. */
export function strengthOf(
  password: string,
  personal: readonly string[],
  judge: Judge | null,
  min: number = LIMITS.passwordMin,
): Strength {
  const length = [...password].length;
  if (length === 0) return { kind: 'empty' };
  if (length < min) return { kind: 'short', missing: min - length };
  if (length > LIMITS.passwordMax) return { kind: 'long' };
  if (isBuiltFrom(password, personal)) return { kind: 'judged', score: 0, reasons: ['personal', 'words'] };
  return judge === null ? { kind: 'empty' } : { kind: 'judged', ...judge(password, personal) };
}

/** The server's rule: without the personal words and the service's name, less than half of it is left. */
function isBuiltFrom(password: string, personal: readonly string[]): boolean {
  const words = [...personal, 'conclave'].sort((one, other) => other.length - one.length);
  let rest = password.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < password.length / 2;
}

/** What an attacker knows of somebody: the name and the mail address, whole and in parts. */
export function personalWords(name: string, email: string): readonly string[] {
  const words = [name, email, ...name.split(/\s+/), ...email.split(/[@.\-_+]/)];
  return [...new Set(words.map((word) => word.trim().toLowerCase()).filter((word) => word.length >= 3))];
}
