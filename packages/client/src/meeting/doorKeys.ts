import type { MeetingForm, StraightIn } from '@conclave/protocol';

/** Somebody at the door, as the server names them. */
export interface UnprovedKnock {
  readonly participantId: string;
  readonly name: string;
  readonly keyPackage: string;
  readonly introduction: string | null;
}

/** What the KeyPackage of somebody at the door proves. Only of `valid` ones the rest means anything. */
export interface InspectedKnock {
  readonly participantId: string;
  readonly valid: boolean;
  readonly name: string;
  readonly accountId: string | null;
  /** As others see it who compare (docs/e2ee.md). */
  readonly deviceCode: string | null;
}

/** What the keys of this device have to do with the door. */
export interface DoorKeys {
  inspectKnocks(knocks: readonly UnprovedKnock[]): Promise<readonly InspectedKnock[]>;
  /** Only of those who were inspected and are valid. */
  signAdmissions(
    participantIds: readonly string[],
  ): Promise<readonly { readonly participantId: string; readonly admission: string }[]>;
  /** By what rules somebody may come into the group, as the server says. @param admitters who may let people in */
  setDoor(door: {
    readonly form: MeetingForm;
    readonly straightIn: StraightIn;
    readonly admitters: readonly string[];
  }): void;
}
