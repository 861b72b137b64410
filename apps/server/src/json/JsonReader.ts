import { ConclaveError } from '@conclave/protocol';
import type { Json } from './json.ts';

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;
/** Names with a meaning of their own on JavaScript objects. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A reader of one JSON text, by recursive descent; the depth is bounded, so the stack is. */
export class JsonReader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  read(): Json {
    const value = this.#value(0);
    this.#skipBlank();
    if (this.#at !== this.#text.length) throw malformed();
    return value;
  }

  #value(depth: number): Json {
    this.#skipBlank();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case 't':
      case 'f':
      case 'n':
        return JSON.parse(this.#match(word)) as boolean | null;
      default:
        return this.#number();
    }
  }

  #object(depth: number): Json {
    this.#enter(depth);
    const object: { [key: string]: Json } = {};
    if (this.#takes('}')) return object;
    do {
      this.#skipBlank();
      const key = this.#string();
      if (FORBIDDEN_KEYS.has(key) || Object.hasOwn(object, key)) throw malformed();
      if (!this.#takes(':')) throw malformed();
      object[key] = this.#value(depth);
    } while (this.#takes(','));
    if (!this.#takes('}')) throw malformed();
    return object;
  }

  #array(depth: number): Json {
    this.#enter(depth);
    const array: Json[] = [];
    if (this.#takes(']')) return array;
    do array.push(this.#value(depth));
    while (this.#takes(','));
    if (!this.#takes(']')) throw malformed();
    return array;
  }

  /** The text between the quotation marks; half a surrogate pair is no text. */
  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw malformed();
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    this.#at = end + 1;
    const text = unquote(this.#text.slice(start, this.#at));
    if (!text.isWellFormed()) throw malformed();
    return text;
  }

  #number(): number {
    const value = Number(this.#match(number));
    if (!Number.isFinite(value)) throw malformed();
    return value;
  }

  #enter(depth: number): void {
    if (depth > this.#maxDepth) throw malformed();
    this.#at++;
  }

  #takes(character: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipBlank(): void {
    blank.lastIndex = this.#at;
    blank.test(this.#text);
    this.#at = blank.lastIndex;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [token] = pattern.exec(this.#text) ?? [];
    if (token === undefined) throw malformed();
    this.#at = pattern.lastIndex;
    return token;
  }
}

/** Escapes and control characters are the platform's business (RFC 8259 section 7). */
function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    throw malformed();
  }
}

function malformed(): ConclaveError {
  return new ConclaveError('request.malformed');
}
