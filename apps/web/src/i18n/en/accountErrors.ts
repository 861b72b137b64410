/** The same for what only pages of accounts and of the administration can be told: whoever joins a meeting need not load it. */
export const accountErrors = {
  auth: {
    wrong_credentials: 'The email or the password is wrong.',
    link_invalid: 'This link has been used or has expired.',
    step_up: 'Confirm first that it is you.',
    factor_needed: 'Set up a second factor first.',
    suspended: 'This account is suspended. Ask an administrator.',
  },
  password: {
    too_short: 'Use at least 15 characters. Several words in a row are easy to remember.',
    too_long: 'Use at most 128 characters.',
    too_common: 'This password is on lists that attackers try first. Choose another.',
    too_simple: 'This password is easy to guess. Add a few unrelated words.',
    personal: 'Do not build the password from your name, your email or the name of this service.',
    reused: 'That is the password that you have. Choose another.',
  },
  account: {
    exists: 'There is an account with this email already.',
    last_owner: 'There must be at least one owner. Make somebody else an owner first.',
    device_limit: 'There are too many keys of browsers in the log of your account. Ask an administrator.',
    beyond_you: 'That takes rights that you do not have yourself.',
  },
  role: {
    not_found: 'There is no such role any more.',
    in_use: 'Somebody has this role. Give them another one first.',
    exists: 'There is a role with this name already.',
    limit: 'There are as many roles as there can be.',
  },
} as const;
