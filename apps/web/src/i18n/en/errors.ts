/** What is said for each code of the table in packages/protocol, and for what only a browser can notice. */
export const errors = {
  request: {
    malformed: 'The request could not be read. Reload the page and try again.',
    invalid: 'Something in this form is not as it should be.',
    too_large: 'That is too large.',
    not_found: 'There is nothing at this address.',
    method: 'That is not possible here. Reload the page and try again.',
    media_type: 'That is not possible here. Reload the page and try again.',
    origin: 'This request came from another site and was refused.',
    rate: 'Too many requests. Wait a moment and try again.',
  },
  protocol: {
    version: 'This page is out of date. Reload it.',
    order: 'That cannot be done now. Reload the page.',
  },
  auth: {
    required: 'Sign in first.',
    wrong_credentials: 'The email or the password is wrong.',
    too_many_attempts: 'Too many attempts. Wait a while and try again.',
    link_invalid: 'This link has been used or has expired.',
    forbidden: 'You may not do that.',
  },
  password: {
    too_short: 'Use at least 15 characters. Several words in a row are easy to remember.',
    too_long: 'Use at most 128 characters.',
    too_common: 'This password is on lists that attackers try first. Choose another.',
    too_simple: 'This password is easy to guess. Add a few unrelated words.',
    personal: 'Do not build the password from your name, your email or the name of this service.',
  },
  account: { exists: 'There is an account with this email already.' },
  meeting: {
    not_found: 'There is no such meeting. Check the link.',
    wrong_passcode: 'The passcode is wrong. Check it and try again.',
    full: 'The meeting is full. Try again when somebody has left.',
    ended: 'This meeting has ended.',
    limit: 'You have too many meetings. Delete some first.',
  },
  resume: { unknown: 'The connection was away too long. Join again.' },
  media: {
    offer_invalid: 'This browser and the server did not agree on how to send pictures and sound.',
    unavailable: 'The media server is not ready. Try again in a moment.',
  },
  server: {
    stopping: 'The service is restarting. Try again in a moment.',
    internal: 'Something went wrong on our side. Try again.',
  },
  network: { unreachable: 'The server cannot be reached. Check your connection and try again.' },
  browser: {
    unsupported: 'This browser cannot take part in meetings. Use a current Chrome, Edge, Firefox or Safari.',
  },
  retryIn_one: 'Try again in {{count}} second.',
  retryIn_other: 'Try again in {{count}} seconds.',
  retryInMinutes_one: 'Try again in {{count}} minute.',
  retryInMinutes_other: 'Try again in {{count}} minutes.',
} as const;
