import { alarm } from './alarm/alarm.ts';
import { caseType } from './case/case.ts';
import { item } from './item/item.ts';
import { recording } from './recording/recording.ts';
import { shift } from './shift/shift.ts';
import { stay } from './stay/stay.ts';

/** The subjects below the loop; `findings` adds its own. */
export const subjectTypes = [alarm, caseType, item, shift, recording, stay];
