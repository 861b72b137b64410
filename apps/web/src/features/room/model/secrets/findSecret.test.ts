import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCertainSecret, findSecret } from './findSecret.ts';
import ordinaryMessages from './ordinaryMessages.txt?raw';
import allSecrets from './secrets.txt?raw';

const passcode = 'h7kq2m9xw4bn8vte';
const ordinary = lines(ordinaryMessages).map(withNewLines);
const secrets = lines(allSecrets).map((line) => {
  const [kind = '', text = ''] = line.split('\t');
  return { kind, text: withNewLines(text.replaceAll(/~(~?)/g, '$1')) };
});

describe('what is asked about before it is pasted', () => {
  it('is at least 95 in 100 secrets', () => {
    expect(secrets.length).toBeGreaterThanOrEqual(120);
    const missed = secrets.filter(({ text }) => findSecret(text, passcode) === null);
    const rate = 1 - missed.length / secrets.length;
    print(`secrets noticed: ${secrets.length - missed.length} of ${secrets.length} (${percent(rate)})`);
    print(missed.map(({ kind, text }) => `  missed: ${kind}: ${text}`).join('\n'));
    expect(rate).toBeGreaterThanOrEqual(0.95);
  });

  it('is named as what it is', () => {
    const misnamed = secrets.flatMap(({ kind, text }) => {
      const found = findSecret(text, passcode);
      return found === null || found === kind ? [] : [`${kind} as ${found}: ${text}`];
    });
    expect(misnamed).toEqual([]);
  });

  it('is at most 1 in 100 ordinary messages', () => {
    expect(ordinary.length).toBeGreaterThanOrEqual(400);
    const alarms = ordinary.filter((text) => findSecret(text, passcode) !== null);
    const rate = alarms.length / ordinary.length;
    print(`false alarms: ${alarms.length} of ${ordinary.length} (${percent(rate)})`);
    print(alarms.map((text) => `  false alarm: ${findSecret(text, passcode)}: ${text}`).join('\n'));
    expect(rate).toBeLessThanOrEqual(0.01);
  });

  it('is found wherever it stands in a longer text', () => {
    const whole = new Set(['password', 'seed-phrase', 'meeting']);
    const anywhere = secrets.filter(({ kind }) => !whole.has(kind));
    fc.assert(
      fc.property(
        fc.constantFrom(...anywhere),
        fc.constantFrom(...ordinary),
        fc.constantFrom(...ordinary),
        ({ text }, before, after) => findSecret(`${before}\n${text}\n${after}`, passcode) !== null,
      ),
    );
  });
});

describe('what is asked about before it is sent', () => {
  it('is a private key or the number of a card, and nothing that may be right to send', () => {
    for (const { kind, text } of secrets)
      expect(findCertainSecret(text), text).toBe(kind === 'card' || kind === 'private-key' ? kind : null);
    expect(ordinary.filter((text) => findCertainSecret(text) !== null)).toEqual([]);
  });
});

describe('looking for secrets', () => {
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findSecret(text, passcode)));
  });
});

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function lines(file: string): readonly string[] {
  return file.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
}

function withNewLines(line: string): string {
  return line.replaceAll('\\n', '\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
