/** The same for what only pages of accounts and of the administration can be told: whoever joins a meeting need not load it. */
export const accountErrors = {
  auth: {
    wrong_credentials: 'The email or the password is wrong.',
    link_invalid: 'This link has been used or has expired.',
    step_up: 'Confirm first that it is you.',
    factor_needed: 'Set up a second factor first.',
    suspended: 'This account is suspended. Ask an administrator.',
  },
  factor: {
    wrong: 'That is not right, or has been used. Try again, or use another way.',
    challenge_over: 'That took too long, or too many tries. Sign in again.',
    setup_over: 'That took too long. Start again.',
    unavailable: 'That cannot be used here at present.',
    not_sent: 'The code could not be sent. Use another way, or try again later.',
    exists: 'This passkey is set up already.',
    limit: 'There are as many second factors as there can be. Remove one first.',
    last_required: 'Your organisation asks for a second factor. Add another one first.',
  },
  password: {
    composition:
      'Your organisation asks for other characters too: letters and digits, or small and capital letters, digits and signs.',
    too_short: 'The password is too short. Several words in a row are easy to remember.',
    too_long: 'Use at most 128 characters.',
    too_common: 'This password is on lists that attackers try first. Choose another.',
    too_simple: 'This password is easy to guess. Add a few unrelated words.',
    personal: 'Do not build the password from your name, your email or the name of this service.',
    reused: 'That is the password that you have. Choose another.',
  },
  account: {
    exists: 'There is an account with this email already.',
    last_owner: 'There must be at least one owner. Make somebody else an owner first.',
    last_way_in:
      'Without it you could not get in any more. Add a passkey, link an account or set a password first.',
    device_limit: 'There are too many keys of browsers in the log of your account. Ask an administrator.',
    beyond_you: 'That takes rights that you do not have yourself.',
  },
  meeting: {
    enforced: 'Your organisation has set this for every meeting.',
  },
  invitation: {
    not_found: 'There is no such invitation any more.',
    limit: 'A meeting has 500 invitations at most. Delete some first.',
    revoked: 'This invitation was revoked. Make a new link for it first.',
    no_mail: 'It cannot be sent by mail: there is no address, or this service sends no mail.',
  },
  call: {
    off: 'Your organisation has turned calls off.',
    busy: 'You are calling somebody already.',
    not_found: 'This call is not there any more.',
    over: 'This call is over, or was answered on another device.',
    link_invalid: 'This link is not good any more. Ask whoever gave it to you for another one.',
  },
  contact: {
    not_found: 'This contact is not there any more.',
    exists: 'You have a contact with this address already.',
    limit: 'There are as many as there can be. Delete some first.',
    is_member: 'They have an account here and need no link.',
  },
  cohost: {
    no_account: 'There is no account here with this address.',
    limit: 'A meeting has 50 co-hosts at most.',
  },
  policy: {
    stale: 'Somebody else has changed the policy in the meantime. Look at it again.',
    pinned: 'The operator of this service has set this in its configuration file.',
    conflict: 'These settings do not go together.',
    no_usable_factor:
      'None of these second factors can be set up on this service. Nobody could get in any more. Allow another one.',
    unknown_role: 'There is no such role any more.',
  },
  sign_on: {
    failed: 'The sign-on did not work. Try again.',
    expired: 'The sign-on took too long, or was used already. Start again.',
    declined: 'You were not signed in at the provider.',
    no_account: 'No account here belongs to that sign-on. Ask whoever runs this service.',
    other_email:
      'That account has another mail address than yours here, or one that the provider does not vouch for.',
    already_linked: 'That sign-on belongs to another account here.',
    last_way_in: 'Without it you could not get in any more. Set a password or link another account first.',
    only: 'Passwords are switched off. Sign in through your organisation.',
    not_ready:
      'Passwords can be off only while an owner or administrator has signed in through a provider, and an owner has a second factor.',
    limit: 'There are too many of those already.',
    domain_taken: 'Another provider has one of these domains already.',
    provider_unreachable: 'The provider does not answer. Check its address, or try again later.',
    provider_invalid:
      'What is found at the provider is not as it should be. Check the address: its configuration must be under /.well-known/openid-configuration.',
    provider_private:
      'The address is not a public one with https. For a provider inside your own network, the operator sets allowPrivateNetworks = true under [signOn] in conclave.toml.',
  },
  role: {
    not_found: 'There is no such role any more.',
    in_use: 'Somebody has this role. Give them another one first.',
    exists: 'There is a role with this name already.',
    limit: 'There are as many roles as there can be.',
  },
} as const;
