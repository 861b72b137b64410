/** Administration: how the service stands against what two lists ask for, in our words. */
export const posture = {
  title: 'Posture',
  lead: 'How this service stands against what is asked of video conferencing, point by point. The lists are told in our words; read the originals before you rely on them.',
  lists: {
    ncsc: 'NCSC (UK): guidance on video conferencing services for organisations',
    bsi: 'BSI (Germany): compendium and minimum standard for video conferencing services',
  },
  states: { met: 'Met', 'not-met': 'Not met', outside: 'For you to do', 'not-offered': 'Not offered' },
  count: '{{met}} of {{count}} points that can be set here are met.',
  change: 'Change',
  changeOf: 'Change: {{title}}',
  points: {
    'ncsc.sign-on': {
      title: 'People sign in with the organisation’s own sign-on',
      why: 'Whoever leaves the organisation is out at once, and there is no further password. Set up a provider under “Sign-on”, then allow nothing else.',
    },
    'ncsc.second-factor': {
      title: 'A second factor wherever single sign-on is not used',
      why: 'A password that was stolen or guessed lets nobody in alone.',
    },
    'ncsc.passwords': {
      title: 'Passwords are long, and free of rules that make them worse',
      why: 'Common and breached ones are refused by the service itself.',
    },
    'ncsc.least-privilege': {
      title: 'New accounts may do no more than join meetings',
      why: 'Give people the role to make meetings when they need it.',
    },
    'ncsc.unauthenticated': {
      title: 'Nobody joins unauthenticated, unless a host lets them in',
      why: 'Whoever has a link could otherwise be anybody.',
    },
    'ncsc.lobby': {
      title: 'Unauthenticated people wait in a lobby',
      why: 'Whoever is not known waits until a host lets them in, unless a meeting lets everybody straight in.',
    },
    'ncsc.passcode': {
      title: 'Meetings have a passcode that can be sent apart from the link',
      why: 'Every meeting has a random one. It never reaches the server.',
    },
    'ncsc.features': {
      title: 'Screen sharing and files are not open to everybody',
      why: 'Guests could show or send what nobody wants to see.',
    },
    'ncsc.enforced': {
      title: 'What matters is enforced and not left to each host',
      why: 'Who comes straight in, guests, screens and files: choose “The same for all”.',
    },
    'ncsc.encryption': {
      title: 'Everything is encrypted end to end',
      why: 'Always, with no switch to turn it off: sound, pictures, screens, chat, files.',
    },
    'ncsc.location': {
      title: 'It is known where data is stored and media is routed',
      why: 'Say it under “What everybody is told”.',
    },
    'ncsc.retention': {
      title: 'Nothing is kept for ever',
      why: 'Meetings that nobody uses and suspended accounts go after a time.',
    },
    'ncsc.recording': {
      title: 'Recordings and transcripts are protected',
      why: 'The service makes none, so there is nothing to protect.',
    },
    'ncsc.monitoring': {
      title: 'Logs are watched',
      why: 'The log goes to standard error, one JSON object a line, ids only. Collect it and alert on it.',
    },
    'ncsc.devices': {
      title: 'People’s devices are managed and up to date',
      why: 'The service works in the browser: nothing to install, but the browser has to be kept current.',
    },
    'ncsc.guidance': {
      title: 'People are told how to meet safely',
      why: 'Whom to invite, how to send the passcode apart, how to compare the security code.',
    },
    'bsi.transport': {
      title: 'All connections are encrypted in transit',
      why: 'TLS for pages and signalling, DTLS-SRTP for media. Without TLS the service answers this machine alone.',
    },
    'bsi.end-to-end': {
      title: 'Contents can be encrypted end to end',
      why: 'They always are, by MLS and SFrame, and everybody can compare a code.',
    },
    'bsi.authentication': {
      title: 'Strong authentication: a second factor that cannot be intercepted',
      why: 'Everybody has one, and codes by SMS or email do not count.',
    },
    'bsi.roles': {
      title: 'Roles follow least privilege',
      why: 'New accounts get the role “Member”; administration, logs and sign-on are separate rights.',
    },
    'bsi.admission': {
      title: 'Only authorised people join',
      why: 'Guests are refused, or wait until a host lets them in.',
    },
    'bsi.waiting-room': {
      title: 'There is a waiting room',
      why: 'Whoever does not come straight in waits there, is told nothing of the meeting, and has none of its keys.',
    },
    'bsi.devices-off': {
      title: 'Microphone and camera are off when joining',
      why: 'People turn them on themselves.',
    },
    'bsi.screen': {
      title: 'Screen sharing is limited',
      why: 'To people with an account, or to nobody.',
    },
    'bsi.files': {
      title: 'Sending files is limited',
      why: 'To people with an account, or to nobody. Files are encrypted and gone when the meeting is over.',
    },
    'bsi.addresses': {
      title: 'Nobody sees the network address of somebody else',
      why: 'On a direct path two people see each other’s. Keep it off for the whole service.',
    },
    'bsi.sessions': {
      title: 'Sessions end soon when they are not used',
      why: 'After a day without use, and after 30 days in any case.',
    },
    'bsi.deletion': {
      title: 'There are periods after which data is deleted',
      why: 'For meetings, suspended accounts, and mails (30 days at most).',
    },
    'bsi.rights-of-persons': {
      title: 'People know whom to ask about their data',
      why: 'Everybody can fetch and erase their own under “My data”. Name a contact too.',
    },
    'bsi.location': {
      title: 'The places of storage and routing are known to everybody',
      why: 'Say them under “What everybody is told”.',
    },
    'bsi.recording': {
      title: 'Recording is announced and needs consent',
      why: 'The service records nothing. What a participant’s own machine records it cannot prevent.',
    },
    'bsi.logging': {
      title: 'Security events are logged and looked at',
      why: 'The events are in the log. Collecting, keeping and reading them is yours.',
    },
    'bsi.updates': {
      title: 'The service is kept up to date',
      why: 'Follow the releases, and back up the data folder before you update.',
    },
    'bsi.network': {
      title: 'The network around it is protected',
      why: 'Open only the ports of docs/network.md, and limit who can reach the machine otherwise.',
    },
  },
} as const;
