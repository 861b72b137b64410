import { addTexts } from '../../i18n/addTexts.ts';
import { ownAccount } from '../../i18n/en/ownAccount.ts';

addTexts('ownAccount', ownAccount);
