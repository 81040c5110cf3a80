/** A sentence in both languages, as declarations on the server carry it. */
export interface Text {
  zh: string;
  en: string;
}

/** Says a text in the viewer's language: `say('我的待办', 'My to-dos')` or `say(subject.label)`. */
export interface Say {
  (zh: string, en: string): string;
  (text: Text): string;
}
