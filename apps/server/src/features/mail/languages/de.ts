import type { MailTexts } from '../texts.ts';
import { pluralIn } from './plural.ts';

const locale = 'de';
const plural = pluralIn(locale);
const units = {
  day: ['jeden Tag', 'Tage'],
  week: ['jede Woche', 'Wochen'],
  month: ['jeden Monat', 'Monate'],
} as const;

export const de: MailTexts = {
  locale,
  greeting: ({ name }) => `Guten Tag ${name},`,
  from: ({ origin }) => `Conclave, ${origin}`,
  instant: ({ day, time }) => `${day} um ${time} Uhr (UTC)`,
  device: ({ browser, system }) =>
    system === null ? (browser ?? 'Ein Browser') : `${browser ?? 'Ein Browser'} unter ${system}`,
  invitation: {
    subject: ({ inviter }) => `${inviter} lädt Sie zu Conclave ein`,
    why: ({ inviter, service }) =>
      `${inviter} hat für Sie ein Konto bei ${service} angelegt. Besprechungen sind dort Ende-zu-Ende-verschlüsselt.`,
    open: 'Öffnen Sie diesen Link, um ein Passwort zu wählen und anzufangen:',
    openSignOn:
      'Öffnen Sie diesen Link, um anzufangen. Sie melden sich mit dem Konto an, das Sie bei Ihrer Organisation haben:',
    until:
      'Er gilt einmal und sieben Tage lang. Wenn Sie keine Einladung erwarten, brauchen Sie nichts zu tun: Ohne Sie gibt es kein Konto.',
  },
  reset: {
    subject: 'Neues Passwort wählen',
    why: 'Jemand, hoffentlich Sie, hat ein neues Passwort für Ihr Konto angefordert. Öffnen Sie diesen Link, um es zu wählen:',
    until: 'Er gilt einmal und eine Stunde lang.',
    notYou: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
  },
  passwordChanged: {
    subject: 'Ihr Passwort wurde geändert',
    what: ({ when }) =>
      `Das Passwort Ihres Kontos wurde am ${when} geändert. Alle anderen Geräte wurden abgemeldet.`,
    notYou: 'Wenn Sie das nicht waren, wählen Sie jetzt ein neues und verständigen Sie Ihre Administration:',
  },
  passwordRemoved: {
    subject: 'Ihr Passwort wurde entfernt',
    what: ({ when }) =>
      `Das Passwort Ihres Kontos wurde am ${when} entfernt: Von nun an melden Sie sich ohne Passwort an. Alle anderen Geräte wurden abgemeldet.`,
    notYou: 'Wenn Sie das nicht waren, wählen Sie jetzt ein neues und verständigen Sie Ihre Administration:',
  },
  newDevice: {
    subject: ({ device }) => `Neue Anmeldung: ${device}`,
    what: ({ device, when }) =>
      `Bei Ihrem Konto wurde am ${when} ein Browser angemeldet, der dafür noch nicht benutzt worden war: ${device}.`,
    notYou: 'Wenn Sie das nicht waren, melden Sie dieses Gerät hier ab und wählen Sie ein neues Passwort:',
  },
  identityLinked: {
    subject: ({ provider }) => `Ihr Konto wurde mit ${provider} verknüpft`,
    what: ({ provider, when }) =>
      `Am ${when} wurde Ihr Konto mit einem Konto bei ${provider} verknüpft. Mit diesem kann man sich von nun an auch bei Ihrem anmelden.`,
    notYou:
      'Wenn Sie das nicht waren, heben Sie die Verknüpfung hier auf, wählen Sie ein neues Passwort und verständigen Sie Ihre Administration:',
  },
  meeting: {
    untitled: 'Besprechung',
    subject: ({ inviter, title }) =>
      title === null ? `${inviter} lädt Sie zu einer Besprechung ein` : `${inviter} lädt Sie ein: ${title}`,
    changedSubject: ({ title }) => `Einladung, neuer Stand: ${title}`,
    cancelledSubject: ({ title }) => `Abgesagt: ${title}`,
    why: ({ inviter, email, service }) =>
      `${inviter} (${email}) lädt Sie zu einer Ende-zu-Ende-verschlüsselten Besprechung bei ${service} ein.`,
    what: ({ title }) => `Was: ${title}`,
    when: ({ when }) => `Wann: ${when}`,
    open: ({ name }) =>
      `Dieser Link ist nur für Sie. Wer mit ihm kommt, wird als eingeladen und unter dem Namen ${name} angezeigt. Geben Sie ihn daher nicht weiter:`,
    passcodeApart: ({ inviter }) =>
      `Sie werden nach einem Zugangscode gefragt. Sie erhalten ihn von ${inviter} auf anderem Weg: Diese Nachricht allein öffnet nichts.`,
    notYou: ({ inviter }) =>
      `Wenn Ihnen ${inviter} nicht bekannt ist, brauchen Sie nichts zu tun. Ohne den Zugangscode gibt es keine Besprechung.`,
    cancelled: ({ inviter }) => `${inviter} hat diese Besprechung abgesagt oder aus dem Kalender genommen.`,
    entry: ({ inviter }) => `Eine Ende-zu-Ende-verschlüsselte Besprechung von ${inviter}.`,
  },
  schedule: {
    sameDay: ({ day, from, to, zone }) => `${day}, ${from} bis ${to} Uhr (${zone})`,
    overnight: ({ day, from, lastDay, to, zone }) =>
      `${day}, ${from} Uhr, bis ${lastDay}, ${to} Uhr (${zone})`,
    every: ({ every, interval }) =>
      interval === 1 ? units[every][0] : `alle ${interval} ${units[every][1]}`,
    onDays: ({ days, and }) => and(days.map((day) => `${day.toLowerCase()}s`)),
    times: ({ count }) => `${count}-mal`,
    until: ({ day }) => `bis ${day}`,
  },
  missedCall: {
    subject: 'Sie haben einen Anruf verpasst',
    what: ({ caller, when }) => `${caller} hat Sie am ${when} angerufen.`,
    why: 'Sie erhalten diese Nachricht, weil Sie sich für Mails über verpasste Anrufe entschieden haben. Auf derselben Seite können Sie sie abstellen.',
  },
  addressChanged: {
    subject: 'Die Adresse Ihres Kontos wurde geändert',
    what: ({ when }) =>
      `Das Verzeichnis Ihrer Organisation hat Ihrem Konto am ${when} eine andere Adresse gegeben. Alle Geräte wurden abgemeldet, und Mails zum Konto gehen von nun an an die neue Adresse.`,
    notYou: 'Wenn Sie davon nichts wissen, verständigen Sie jetzt Ihre Administration.',
  },
  attack: {
    subject: 'Jemand versucht, Passwörter zu erraten',
    one: ({ account, attempts }) =>
      `In kurzer Zeit gab es mehr als ${attempts} falsche Passwörter für ${account}.`,
    many: ({ attempts }) =>
      `In kurzer Zeit gab es mehr als ${attempts} falsche Passwörter für viele Konten, von Orten, von denen sich noch niemand angemeldet hat.`,
    done: 'Weitere Versuche werden eine Weile abgewiesen. Wer mit einem schon früher benutzten Browser kommt, kann sich weiterhin anmelden.',
  },
  factors: {
    kinds: {
      totp: 'Eine Authenticator-App',
      email: 'Ein Code per E-Mail',
      sms: 'Ein Code per SMS',
      passkey: 'Ein Passkey',
    },
    code: {
      subject: 'Ihr Conclave-Code',
      why: {
        'second-step': 'Geben Sie diesen Code ein, um die Anmeldung abzuschließen:',
        confirm: 'Geben Sie diesen Code ein, um zu bestätigen, dass Sie es sind:',
        'set-up': 'Geben Sie diesen Code ein, um Codes per E-Mail einzurichten:',
      },
      until:
        'Er gilt 10 Minuten. Sagen Sie ihn niemandem: Wer für diesen Dienst arbeitet, fragt nicht danach.',
      notSigningIn: 'Wenn Sie sich nicht gerade anmelden, kennt jemand Ihr Passwort. Ändern Sie es.',
      sms: ({ code }) => `${code} ist Ihr Conclave-Code. Er gilt 10 Minuten. Sagen Sie ihn niemandem.`,
    },
    guessed: {
      subject: 'Jemand kennt vielleicht Ihr Passwort',
      what: 'Jemand hat das Passwort Ihres Kontos eingegeben und dann mehrere falsche Codes als zweiten Faktor. Die Anmeldung ist nicht gelungen, und weitere Versuche werden eine Weile abgewiesen.',
      next: 'Wenn Sie das nicht waren, wählen Sie jetzt ein neues Passwort:',
    },
    added: {
      subject: 'Ihr Konto hat einen weiteren zweiten Faktor',
      what: ({ kind, when }) =>
        `${kind} kann nun zur Anmeldung bei Ihrem Konto dienen. Eingerichtet wurde das am ${when}.`,
    },
    removed: {
      subject: 'Ein zweiter Faktor Ihres Kontos wurde entfernt',
      what: ({ kind, when }) =>
        `${kind} kann nicht mehr zur Anmeldung bei Ihrem Konto dienen. Entfernt wurde das am ${when}.`,
    },
    reset: {
      subject: 'Ihre zweiten Faktoren wurden zurückgesetzt',
      what: ({ when }) =>
        `Die Administration hat am ${when} alle zweiten Faktoren und Wiederherstellungscodes Ihres Kontos entfernt und Sie überall abgemeldet.`,
      byPassword: 'Melden Sie sich mit Ihrem Passwort an und richten Sie einen neuen zweiten Faktor ein.',
      withoutPassword:
        'Ihr Konto hat kein Passwort: Wenn Sie sich nicht über Ihre Organisation anmelden, wählen Sie hier eines und richten Sie danach einen neuen zweiten Faktor ein:',
      notAsked: 'Wenn Sie nicht darum gebeten haben, verständigen Sie sofort Ihre Administration.',
    },
    recovery: {
      subject: 'Ein Wiederherstellungscode wurde benutzt',
      what: ({ when, left }) =>
        `Einer Ihrer Wiederherstellungscodes wurde am ${when} zur Anmeldung benutzt. ${plural(left, 'Es bleibt', 'Es bleiben')} ${left}.`,
      few: 'Erstellen Sie neue:',
    },
    notYou:
      'Wenn Sie das nicht waren, wählen Sie ein neues Passwort, sehen Sie Ihre zweiten Faktoren durch und verständigen Sie Ihre Administration:',
  },
};
