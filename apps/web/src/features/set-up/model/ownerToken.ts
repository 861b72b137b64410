let token: string | null = null;

/** The one-time token that the address carried. Held by this page alone: a reload needs the link again. */
export function ownerToken(): string | null {
  return token;
}

export function keepOwnerToken(value: string): void {
  token = value;
}
