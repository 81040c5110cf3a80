import type { City } from './city.ts';
import { letter } from './complaint-letters.ts';
import { type Complaint, complaintOf } from './complaint-opening.ts';
import { accusation, discipline, petition } from './complaint-petitions.ts';
import { serialsOn } from './matters.ts';
import type { Story } from './story.ts';
import type { Day } from './time.ts';

/** 局长信箱 28, 12345 61, 12389 7, 信访 12 and a few accusations a month of 120 people. */
const aMonth = 110;

/** The complaints that come in on a day. */
export const complaintsOf = (city: City, day: Day): Story[] =>
  serialsOn(city, day, aMonth).map((serial) => {
    const told = complaintOf(city, serial, day, aMonth);
    tellers[told.channel](told);
    return told;
  });

const tellers: Readonly<Record<Complaint['channel'], (told: Complaint) => void>> = {
  mailbox: letter,
  hotline: letter,
  discipline,
  petition,
  accusation,
};
