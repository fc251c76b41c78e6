/**
 * Owns what a form page asks of the world around it: dictionaries, calendar, people, units, cases, uploads, the signature. The page
 * injects an implementation over HTTP, tests and the designer one over arrays. Nothing here touches the network itself.
 */
import type { Calendar } from '@ganwei/calendar/calendar';
import type { DictionaryEntry, StoredFile } from '@ganwei/form/model';

/** One person, unit or case to choose from; `detail` tells namesakes apart. */
export interface Choice {
  id: string;
  name: string;
  detail?: string;
}

/** A unit of the tree; `below`: there are more below it. */
export interface UnitBelow {
  id: string;
  name: string;
  below: boolean;
}

export interface SignatureValue {
  name: string;
  personId: string;
  /** local moment, YYYY-MM-DDTHH:mm:ss */
  at: string;
  /** of what was signed; the server writes it, with name and time */
  sha256?: string;
  /** data:image/png;base64,… */
  image?: string;
}

export type NameKind = 'person' | 'unit' | 'reference';

/** Promises may reject: the message of the error is shown to the person as it is. */
export interface FormSources {
  dictionary(key: string): Promise<readonly DictionaryEntry[]>;
  /** working days, for forms that reckon with them */
  calendar(): Promise<Calendar>;
  /** `among`: path of the field, where its rule limits whom to choose from */
  searchPersons(query: string, filter?: string, among?: string): Promise<readonly Choice[]>;
  /** units right below this one; of '' those at the top */
  unitsBelow(parent: string): Promise<readonly UnitBelow[]>;
  searchUnits(query: string, filter?: string): Promise<readonly Choice[]>;
  searchCases(process: string, query: string, filter?: string): Promise<readonly Choice[]>;
  /** names of ids that are already in the values */
  names(kind: NameKind, ids: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** `onProgress` gets a share between 0 and 1 */
  uploadFile(file: File, onProgress: (share: number) => void): Promise<StoredFile>;
  fileUrl(id: string): string;
  signNow(): Promise<SignatureValue>;
}
