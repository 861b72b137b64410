import { addTexts } from '../../i18n/addTexts.ts';
import { policy } from '../../i18n/en/policy.ts';

addTexts('policy', policy);
