import nodemailer from 'nodemailer';
import type { MailConfig } from '../../config/mail.ts';
import type { MailTransport } from './Mailer.ts';

const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };

/** Mail through an SMTP server (RFC 5321), over TLS from the start or by STARTTLS (RFC 8314, RFC 3207). */
export function smtpTransport(config: MailConfig): MailTransport & Disposable {
  const { host, port, security, username, password, from } = config;
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...timeouts,
    ...(username !== null && { auth: { user: username, pass: password?.reveal() ?? '' } }),
    ...(config.certificate !== null && { tls: { ca: config.certificate } }),
    // No part of a mail is ever fetched from elsewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: `${host}:${port}`,
    async deliver({ to, subject, text, language, replyTo, calendar }) {
      await transport.sendMail({
        from,
        // An object, so that nothing in it is ever read as a list of addresses.
        to: { name: '', address: to },
        subject,
        text,
        ...(replyTo !== undefined && { replyTo }),
        ...(calendar !== undefined && {
          icalEvent: { method: calendar.method, content: calendar.content, filename: 'invitation.ics' },
        }),
        // RFC 3834: no machine answers it.
        headers: {
          'Auto-Submitted': 'auto-generated',
          // RFC 3282: for those who are read to.
          ...(language !== undefined && { 'Content-Language': language }),
        },
      });
    },
    [Symbol.dispose]: () => transport.close(),
  };
}
