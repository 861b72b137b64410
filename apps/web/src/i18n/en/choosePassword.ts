export const choosePassword = {
  forgot: {
    title: 'Choose a new password',
    lead: 'Enter the email of your account. If there is one, a link to choose a new password is on its way.',
    submit: 'Send the link',
    sentTitle: 'Look into your mailbox',
    sent: 'If {{email}} has an account, a link was sent there. It works once, for an hour. If nothing comes, look for the one that was sent before, also among unwanted mail, or ask your administrator.',
    back: 'Back to signing in',
  },
  invitation: {
    title: 'Welcome to Conclave',
    lead: 'Choose a password for {{email}}. With it you sign in from now on.',
    submit: 'Begin',
    done: 'Welcome. Your account is ready.',
  },
  signOn: {
    provider:
      'Sign in as {{email}}, with the account that you have at your organisation. You need no password here.',
    again: 'If you are asked whether an account is yours, open the link of your invitation once more.',
    prove:
      'Choose a password for {{email}}: this once, it shows that the invitation is yours. Then you connect the two, and sign in without it.',
  },
  reset: {
    title: 'Choose a new password',
    lead: 'For {{email}}. You are signed out on all other devices.',
    submit: 'Save the password',
    done: 'Your new password is saved.',
  },
  name: 'Your name',
  nameHelp: 'Others see it in meetings.',
  password: 'New password',
  noLinkTitle: 'This page needs its link',
  noLink: 'Open the link from the mail, exactly as it is.',
  badLinkTitle: 'This link does not work any more',
  badLink: 'It has been used, has expired, or a newer one was sent.',
  another: 'Ask for another link',
  factor: 'Your password is saved. Sign in with it and your second factor.',
} as const;
