import type { Plugin } from 'vite';

/** One place in the product's sources, and what stands there in the form that encrypts no media. */
interface Replacement {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** What the benchmark's other form has in its scripts, and the product never. */
export const UNENCRYPTED_MARK = 'conclave-benchmark-without-encryption';

/**
 * No transforms, and nobody waits for the group or for a proof of whose picture it is. All else is the same: the group is
 * formed all the same, and nobody asks it anything.
 */
const replacements: readonly Replacement[] = [
  {
    file: 'packages/client/src/encryption/Encryption.ts',
    from: "sender.transform = transform({ role: 'send', connection, line, source: sources[source] });",
    to: `performance.mark('${UNENCRYPTED_MARK}');`,
  },
  {
    file: 'packages/client/src/encryption/Encryption.ts',
    from: 'receiver.transform = transform(options as LineOptions);',
    to: '',
  },
  {
    file: 'packages/client/src/meeting/meetingState.ts',
    from: 'encryption.senderOf(line) === participantId',
    to: 'participantId !== null',
  },
  {
    file: 'packages/client/src/meeting/participantStates.ts',
    from: 'id === roster.self || (members.has(id) && !unjudged.has(id))',
    to: 'true',
  },
];

/** For the benchmark's builds alone. Fails when the product's sources are no longer as it knows them. */
export function withoutEncryption(): Plugin {
  const left = new Set(replacements);
  return {
    name: 'benchmark:without-encryption',
    enforce: 'pre',
    transform(code, id) {
      let changed = code;
      for (const one of replacements) {
        if (!id.endsWith(one.file)) continue;
        if (!changed.includes(one.from)) throw new Error(`${one.file} is written another way now.`);
        changed = changed.replace(one.from, one.to);
        left.delete(one);
      }
      return changed === code ? null : { code: changed, map: null };
    },
    buildEnd() {
      const [missing] = left;
      if (missing !== undefined) throw new Error(`${missing.file} is not in the build.`);
    },
  };
}
