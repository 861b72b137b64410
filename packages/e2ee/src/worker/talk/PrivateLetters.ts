import type { WrittenContent } from '../../member-messages/chatContent.ts';
import { decodePrivate, encodePrivate, PRIVATE_LABEL } from '../../member-messages/privateContent.ts';
import type { LeafSealed, MeetingGroup } from '../../mls/index.ts';
import { authorOf } from './authors.ts';
import type { Letter, Recipient } from './Outbox.ts';
import { MemberBuckets } from './TokenBucket.ts';
import type { TalkAsk } from './talkMessages.ts';

/**
 * Trial openings of one member's private messages: each costs an X25519 and tells only whether it was for us. Nobody
 * writes more to one person; what is more is dropped, for whomever it was.
 */
const tries = { perSecond: 2, burst: 15 } as const;
/** Of so many of one's own it is known whom they were for; what is older can be neither changed nor taken back. */
const mostRemembered = 1_000;

class Gone extends Error {
  readonly code = 'talk.gone';
}

/** Whether a message was not sent because whoever it was for is not here any more. */
export function isGone(error: unknown): boolean {
  return error instanceof Gone;
}

/** Messages for one person: whom they are for, closed and opened. */
export class PrivateLetters {
  readonly #tries = new MemberBuckets(tries.perSecond, tries.burst);
  readonly #recipients = new Map<string, Recipient>();
  #group: MeetingGroup | null = null;
  /** Those who were in the group when we last were in one. */
  #known: readonly Recipient[] = [];

  enter(group: MeetingGroup, others: ReadonlySet<string>): void {
    this.#group = group;
    this.#known = group
      .members()
      .filter(({ leafIndex }) => leafIndex !== group.ownLeaf)
      .map(authorOf);
    this.#tries.keep(others);
  }

  leave(): void {
    this.#group = null;
  }

  /**
   * Whom it goes to. What is done to a private message goes to whom that went, and never to all.
   * @returns null when there is nobody to send it to
   */
  address(ask: Extract<TalkAsk, { type: 'say' | 'edit' | 'delete' }>): Letter | null {
    if (ask.type === 'say') {
      const { to: wanted, ...content } = ask;
      if (wanted === null) return { content, to: null };
      // One that is sent again after it failed is for the same person.
      const to = this.#recipients.get(ask.id) ?? this.#known.find((one) => one.participantId === wanted);
      if (to === undefined) return null;
      this.#remember(ask.id, { participantId: to.participantId, device: to.device });
      return { content, to };
    }
    const { privately, ...content } = ask;
    const to = this.#recipients.get(ask.id) ?? null;
    return privately === (to !== null) ? { content, to } : null;
  }

  /** @throws Error `talk.gone`, `closed` while we are in no group, or as `MeetingGroup.sealTo` */
  async seal(content: WrittenContent, to: Recipient): Promise<LeafSealed & { readonly epoch: number }> {
    const group = this.#group;
    if (group === null) throw Object.assign(new Error('in no group'), { code: 'closed' });
    const member = group.members().find((one) => {
      const { participantId, device } = authorOf(one);
      return participantId === to.participantId && device === to.device;
    });
    if (member === undefined) throw new Gone();
    return await group.sealTo(member.leafIndex, PRIVATE_LABEL, encodePrivate(content));
  }

  /** @param now ms */
  mayTry(participantId: string, now: number): boolean {
    return this.#tries.take(participantId, now);
  }

  /** @returns null when it is for somebody else, which is what most are, or makes no sense */
  async open(sealed: LeafSealed, senderLeaf: number, epoch: number): Promise<WrittenContent | null> {
    const opened = await this.#group?.openFrom(senderLeaf, epoch, PRIVATE_LABEL, sealed).catch(() => null);
    return opened == null ? null : decodePrivate(opened);
  }

  #remember(id: string, to: Recipient): void {
    this.#recipients.delete(id);
    this.#recipients.set(id, to);
    const [oldest] = this.#recipients.keys();
    if (this.#recipients.size > mostRemembered && oldest !== undefined) this.#recipients.delete(oldest);
  }
}
