import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';

export interface TurnCredentials {
  readonly username: string;
  readonly credential: string;
}

/**
 * The TURN REST convention (draft-uberti-behave-turn-rest-00): the name says until when it is good and whose it is,
 * the password proves that whoever shares the secret with the relay has made it. Time in ms.
 */
export function turnCredentials(secret: Secret, id: string, expiresAt: number): TurnCredentials {
  const username = `${Math.floor(expiresAt / 1000)}:${id}`;
  return {
    username,
    credential: createHmac('sha1', secret.reveal()).update(username).digest('base64'),
  };
}
