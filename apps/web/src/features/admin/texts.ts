import { addTexts } from '../../i18n/addTexts.ts';
import { admin } from '../../i18n/en/admin.ts';

addTexts('admin', admin);
