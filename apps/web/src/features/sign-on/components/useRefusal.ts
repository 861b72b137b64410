import { type ErrorCode, isErrorCode } from '@conclave/protocol';
import { useState } from 'react';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { wordInAddress } from '../model/words.ts';

/** Why a sign-on came to nothing, as the server said in the address to which it sent the browser. Null: it did not. */
export function useRefusal(): string | null {
  const [code] = useState(() => wordInAddress('refused'));
  const errorText = useErrorText();
  if (code === null) return null;
  const known: ErrorCode = isErrorCode(code) ? code : 'sign_on.failed';
  return errorText(new RequestError(known));
}
