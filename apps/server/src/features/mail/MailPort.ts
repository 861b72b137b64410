/** A message to one person, plain text. */
export interface OutgoingMail {
  /** For lists and statistics: `invitation`, `reset`, `new-device`, … */
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** It holds a link or a code that lets somebody in: the text is kept no longer than it takes to send it. */
  readonly secret: boolean;
}

export interface MailPort {
  /** The server that mails go to; null where there is none and they are kept for an administrator to see. */
  readonly server: string | null;
  /** Stored when this resolves, and sent as soon as the mail server takes it. */
  send(mail: OutgoingMail): Promise<void>;
}
