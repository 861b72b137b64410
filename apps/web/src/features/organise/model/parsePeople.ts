import { DisplayName, Email, type InvitedPerson } from '@conclave/protocol';

export interface ParsedPeople {
  readonly people: readonly InvitedPerson[];
  /** What was not understood, as it was written. */
  readonly wrong: readonly string[];
}

/** One entry ends at a line's end, a comma or a semicolon, unless that is in quotes or angle brackets. */
function entriesOf(text: string): string[] {
  const found = text.match(/(?:"[^"\n]*"|<[^>\n]*>|[^,;\n])+/g) ?? [];
  return found.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** "ann.lee" → "Ann Lee" */
function nameFrom(address: string): string {
  const words = (address.split('@')[0] ?? '').split(/[._+-]+/).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
}

function parse(entry: string): InvitedPerson | null {
  const bracketed = /^(.*)<([^<>]*)>$/s.exec(entry);
  const address = bracketed ? (bracketed[2] ?? '') : entry.includes('@') ? entry : null;
  const written = (bracketed ? (bracketed[1] ?? '') : address === null ? entry : '').trim();
  const email = address === null ? null : Email.safeParse(address);
  if (email !== null && !email.success) return null;
  const bare = written.replace(/^"(.*)"$/s, '$1');
  const name = DisplayName.safeParse(bare === '' ? nameFrom(email?.data ?? '') : bare);
  return name.success ? { name: name.data, email: email?.data ?? null } : null;
}

/** `Ann Lee <ann@example.org>`, `"Lee, Ann" <ann@example.org>`, `ann@example.org`, `Ann Lee`: each address once. */
export function parsePeople(text: string): ParsedPeople {
  const people: InvitedPerson[] = [];
  const wrong: string[] = [];
  const addresses = new Set<string>();
  for (const entry of entriesOf(text)) {
    const person = parse(entry);
    if (person === null) wrong.push(entry);
    else if (person.email === null || !addresses.has(person.email)) people.push(person);
    if (person !== null && person.email !== null) addresses.add(person.email);
  }
  return { people, wrong };
}
