import type { ChatEntry, ChatMessageEntry, ChatState } from './types.ts';

/** What is kept of a conversation; the oldest go first. */
export const CHAT_ENTRIES = 500;

/** With what only the log itself needs. */
export interface LoggedMessage extends ChatMessageEntry {
  readonly id: string;
  /** The device that proved it: a message is deleted by the same one only. */
  readonly device: string;
}
export type LogEntry = LoggedMessage | Extract<ChatEntry, { kind: 'gap' }>;

export interface ChatLog extends ChatState {
  readonly entries: readonly LogEntry[];
}

export const emptyLog: ChatLog = { entries: [], received: 0 };

/** Ids are their author's alone. */
export function keyOf(participantId: string, id: string): string {
  return `${participantId}/${id}`;
}

/** A message whose key is there already changes nothing. */
export function addMessage(log: ChatLog, message: LoggedMessage): ChatLog {
  if (log.entries.some(({ key }) => key === message.key)) return log;
  return {
    entries: [...log.entries, message].slice(-CHAT_ENTRIES),
    received: log.received + (message.author.self ? 0 : 1),
  };
}

/** One gap after the other is one gap. */
export function addGap(log: ChatLog, key: string, away: boolean): ChatLog {
  if (log.entries.at(-1)?.kind === 'gap') return log;
  return { ...log, entries: [...log.entries, { kind: 'gap' as const, key, away }].slice(-CHAT_ENTRIES) };
}

/** The text is forgotten; that there was one stays. */
export function deleteMessage(log: ChatLog, key: string, device: string): ChatLog {
  return change(log, key, (message) =>
    message.device === device ? { ...message, text: null, replyTo: null } : message,
  );
}

/** Of one's own that nobody has seen. */
export function dropMessage(log: ChatLog, key: string): ChatLog {
  return { ...log, entries: log.entries.filter((entry) => entry.key !== key) };
}

export function setDelivery(log: ChatLog, key: string, delivery: ChatMessageEntry['delivery']): ChatLog {
  return change(log, key, (message) => ({ ...message, delivery }));
}

export function find(log: ChatLog, key: string): LoggedMessage | null {
  const entry = log.entries.find((one) => one.key === key);
  return entry?.kind === 'message' ? entry : null;
}

function change(log: ChatLog, key: string, edit: (message: LoggedMessage) => LoggedMessage): ChatLog {
  let changed = false;
  const entries = log.entries.map((entry) => {
    if (entry.kind !== 'message' || entry.key !== key) return entry;
    const edited = edit(entry);
    changed ||= edited !== entry;
    return edited;
  });
  return changed ? { ...log, entries } : log;
}
