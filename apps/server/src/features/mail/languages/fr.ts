import type { MailTexts } from '../texts.ts';

const locale = 'fr';
const units = {
  day: ['tous les jours', 'tous les', 'jours'],
  week: ['toutes les semaines', 'toutes les', 'semaines'],
  month: ['tous les mois', 'tous les', 'mois'],
} as const;

/** Before a colon stands a space at which no line may break. */
export const fr: MailTexts = {
  locale,
  greeting: ({ name }) => `Bonjour ${name},`,
  from: ({ origin }) => `Conclave, ${origin}`,
  instant: ({ day, time }) => `${day} à ${time} (UTC)`,
  device: ({ browser, system }) =>
    system === null ? (browser ?? 'Un navigateur') : `${browser ?? 'Un navigateur'} sous ${system}`,
  invitation: {
    subject: ({ inviter }) => `${inviter} vous invite à utiliser Conclave`,
    why: ({ inviter, service }) =>
      `${inviter} a créé un compte pour vous sur ${service}, où les réunions sont chiffrées de bout en bout.`,
    open: 'Ouvrez ce lien pour choisir un mot de passe et commencer\u00a0:',
    openSignOn:
      'Ouvrez ce lien pour commencer. Vous vous connectez avec le compte que vous avez dans votre organisation\u00a0:',
    until:
      'Il fonctionne une seule fois, pendant sept jours. Si vous n’attendiez pas d’invitation, ne faites rien\u00a0: sans vous, il n’y a pas de compte.',
  },
  reset: {
    subject: 'Choisissez un nouveau mot de passe',
    why: 'Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte. Ouvrez ce lien pour le choisir\u00a0:',
    until: 'Il fonctionne une seule fois, pendant une heure.',
    notYou: 'Si ce n’était pas vous, ne faites rien\u00a0: votre mot de passe reste le même.',
  },
  passwordChanged: {
    subject: 'Votre mot de passe a été changé',
    what: ({ when }) =>
      `Le mot de passe de votre compte a été changé le ${when}. Tous les autres appareils ont été déconnectés.`,
    notYou:
      'Si ce n’était pas vous, choisissez-en un nouveau maintenant et prévenez votre administrateur\u00a0:',
  },
  passwordRemoved: {
    subject: 'Votre mot de passe a été supprimé',
    what: ({ when }) =>
      `Le mot de passe de votre compte a été supprimé le ${when}\u00a0: vous vous connectez désormais sans mot de passe. Tous les autres appareils ont été déconnectés.`,
    notYou:
      'Si ce n’était pas vous, choisissez-en un nouveau maintenant et prévenez votre administrateur\u00a0:',
  },
  newDevice: {
    subject: ({ device }) => `Nouvelle connexion\u00a0: ${device}`,
    what: ({ device, when }) =>
      `Le ${when}, quelqu’un s’est connecté à votre compte avec un navigateur qui n’avait pas encore servi pour cela\u00a0: ${device}.`,
    notYou:
      'Si ce n’était pas vous, déconnectez cet appareil ici et choisissez un nouveau mot de passe\u00a0:',
  },
  identityLinked: {
    subject: ({ provider }) => `Votre compte a été lié à ${provider}`,
    what: ({ provider, when }) =>
      `Le ${when}, votre compte a été lié à un compte chez ${provider}, qui permet désormais de s’y connecter.`,
    notYou:
      'Si ce n’était pas vous, supprimez ce lien ici, choisissez un nouveau mot de passe et prévenez votre administrateur\u00a0:',
  },
  meeting: {
    untitled: 'Réunion',
    subject: ({ inviter, title }) =>
      title === null ? `${inviter} vous invite à une réunion` : `${inviter} vous invite\u00a0: ${title}`,
    changedSubject: ({ title }) => `Invitation mise à jour\u00a0: ${title}`,
    cancelledSubject: ({ title }) => `Annulation\u00a0: ${title}`,
    why: ({ inviter, email, service }) =>
      `${inviter} (${email}) vous invite à une réunion chiffrée de bout en bout sur ${service}.`,
    what: ({ title }) => `Objet\u00a0: ${title}`,
    when: ({ when }) => `Date\u00a0: ${when}`,
    open: ({ name }) =>
      `Ce lien vous est personnel. Qui entre avec lui est affiché comme invité sous le nom de ${name}\u00a0; ne le transmettez donc à personne\u00a0:`,
    passcodeApart: ({ inviter }) =>
      `Un code d’accès vous sera demandé. ${inviter} vous l’enverra par un autre moyen\u00a0: ce message seul n’ouvre rien.`,
    notYou: ({ inviter }) =>
      `Si vous ne connaissez pas ${inviter}, ne faites rien. Sans le code d’accès, il n’y a pas de réunion.`,
    cancelled: ({ inviter }) => `${inviter} a annulé cette réunion ou l’a retirée du calendrier.`,
    entry: ({ inviter }) => `Une réunion de ${inviter}, chiffrée de bout en bout.`,
  },
  schedule: {
    sameDay: ({ day, from, to, zone }) => `${day}, de ${from} à ${to} (${zone})`,
    overnight: ({ day, from, lastDay, to, zone }) => `du ${day} à ${from} au ${lastDay} à ${to} (${zone})`,
    every: ({ every, interval }) => {
      const [once, all, several] = units[every];
      return interval === 1 ? once : `${all} ${interval} ${several}`;
    },
    onDays: ({ days, and }) => and(days.map((day) => `le ${day}`)),
    times: ({ count }) => `${count} fois`,
    until: ({ day }) => `jusqu’au ${day}`,
  },
  missedCall: {
    subject: 'Vous avez manqué un appel',
    what: ({ caller, when }) => `${caller} a essayé de vous appeler le ${when}.`,
    why: 'Vous recevez ce message parce que vous avez choisi de recevoir un e-mail pour chaque appel manqué. Vous pouvez y renoncer sur la même page.',
  },
  addressChanged: {
    subject: 'L’adresse de votre compte a été changée',
    what: ({ when }) =>
      `L’annuaire de votre organisation a donné une autre adresse à votre compte le ${when}. Tous les appareils ont été déconnectés, et les messages au sujet du compte vont désormais à la nouvelle adresse.`,
    notYou: 'Si vous n’en savez rien, prévenez votre administrateur maintenant.',
  },
  attack: {
    subject: 'Quelqu’un essaie de deviner des mots de passe',
    one: ({ account, attempts }) =>
      `Il y a eu plus de ${attempts} mots de passe erronés pour ${account} en peu de temps.`,
    many: ({ attempts }) =>
      `Il y a eu plus de ${attempts} mots de passe erronés pour de nombreux comptes en peu de temps, depuis des endroits d’où personne ne s’était encore connecté.`,
    done: 'Les essais suivants sont refusés pendant un certain temps. Qui vient avec un navigateur déjà utilisé peut toujours se connecter.',
  },
  factors: {
    kinds: {
      totp: 'Une application d’authentification',
      email: 'Un code par e-mail',
      sms: 'Un code par SMS',
      passkey: 'Une clé d’accès',
    },
    code: {
      subject: 'Votre code Conclave',
      why: {
        'second-step': 'Saisissez ce code pour terminer la connexion\u00a0:',
        confirm: 'Saisissez ce code pour confirmer que c’est bien vous\u00a0:',
        'set-up': 'Saisissez ce code pour activer les codes par e-mail\u00a0:',
      },
      until:
        'Il est valable 10 minutes. Ne le dites à personne\u00a0: personne qui travaille pour ce service ne le demande.',
      notSigningIn:
        'Si vous n’êtes pas en train de vous connecter, quelqu’un connaît votre mot de passe. Changez-le.',
      sms: ({ code }) =>
        `${code} est votre code Conclave. Il est valable 10 minutes. Ne le dites à personne.`,
    },
    guessed: {
      subject: 'Quelqu’un connaît peut-être votre mot de passe',
      what: 'Quelqu’un a saisi le mot de passe de votre compte, puis plusieurs codes erronés comme second facteur. La connexion n’a pas abouti, et les essais suivants sont refusés pendant un certain temps.',
      next: 'Si ce n’était pas vous, choisissez maintenant un nouveau mot de passe\u00a0:',
    },
    added: {
      subject: 'Un second facteur a été ajouté à votre compte',
      what: ({ kind, when }) =>
        `${kind} peut désormais servir à se connecter à votre compte. Cela a été mis en place le ${when}.`,
    },
    removed: {
      subject: 'Un second facteur a été retiré de votre compte',
      what: ({ kind, when }) =>
        `${kind} ne peut plus servir à se connecter à votre compte. Cela a été retiré le ${when}.`,
    },
    reset: {
      subject: 'Vos seconds facteurs ont été réinitialisés',
      what: ({ when }) =>
        `Un administrateur a retiré tous les seconds facteurs et codes de secours de votre compte le ${when} et a fermé toutes vos sessions.`,
      byPassword: 'Connectez-vous avec votre mot de passe et configurez un nouveau second facteur.',
      withoutPassword:
        'Votre compte n’a pas de mot de passe\u00a0: si vous ne vous connectez pas par votre organisation, choisissez-en un ici, puis configurez un nouveau second facteur\u00a0:',
      notAsked: 'Si vous ne l’avez pas demandé, prévenez votre administrateur immédiatement.',
    },
    recovery: {
      subject: 'Un code de secours a été utilisé',
      what: ({ when, left }) =>
        `Un de vos codes de secours a été utilisé pour une connexion le ${when}. Il vous en reste ${left}.`,
      few: 'Créez-en de nouveaux\u00a0:',
    },
    notYou:
      'Si ce n’était pas vous, choisissez un nouveau mot de passe, vérifiez vos seconds facteurs et prévenez votre administrateur\u00a0:',
  },
};
