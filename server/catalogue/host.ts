/**
 * Owns what commands, services and queries are given from outside: database, clock, ids, definitions, directory, files, letters.
 * There is one Host per running platform; tests make their own with a clock that moves. No module of the server reads a clock,
 * the environment or a global by itself.
 */
import { localDate } from '@ganwei/calendar/zone';
import { type Reason, said } from '@ganwei/core/reason';
import type { Definition } from '@ganwei/release/definition';
import type { Found } from '@ganwei/release/release';
import type { Thing } from '@ganwei/release/rename/names';
import type { Declared, Use } from '@ganwei/release/rename/rename';
import type { Store, StoreOptions } from '../store/open.ts';
import type { FileRow } from '../store/rows.ts';
import type { Catalogue } from './catalogue.ts';
import type { Directory } from './directory.ts';
import type { Functions, World } from './language.ts';
import type { Sandboxes } from './sandboxes.ts';
import type { Service } from './service.ts';
import { type Names, Sight } from './sight.ts';
import type { Steppers } from './steppers.ts';

/** Content-addressed files. */
/** How much may be uploaded, in bytes. */
export interface Quota {
  /** by one person within 24 hours */
  perDay: number;
  /** kept as attachments of one case */
  perCase: number;
}

export interface Files {
  readonly quota: Quota;
  /** bytes that are being received just now, by person: they count before they are kept */
  readonly coming: Map<string, number>;
  /** keeps the bytes; the same bytes are kept once. Returns path and hash. */
  keep(bytes: Uint8Array): Promise<{ path: string; sha256: string; size: number }>;
  read(row: Pick<FileRow, 'path'>): Promise<NodeJS.ReadableStream>;
  load(row: Pick<FileRow, 'path'>): Promise<Uint8Array>;
}

/** A letter that cannot be printed, and why: an incident of the process that wants it. */
export class PrintFault extends Error {
  override readonly name = 'PrintFault';
  readonly reason: Reason;
  constructor(reason: Reason) {
    super(said(reason));
    this.reason = reason;
  }
}

/** Turns Typst source into a PDF, within a time limit. */
export interface Printer {
  /** throws PrintFault */
  print(source: string): Promise<{ pdf: Uint8Array; pages: number; substitutions: string[] }>;
}

/** What may be asked of the names in definitions: where one is used, what a rename comes to, what is missed when these are all there is. */
export type AskedOfNames =
  | { readonly what: 'uses'; readonly thing: Thing }
  | { readonly what: 'rename'; readonly name: Declared; readonly to: string; readonly inForce: readonly Definition[] }
  | { readonly what: 'without'; readonly after: readonly Definition[] };

export interface ToldOfNames {
  /** what says the name, its declaration first */
  readonly places: readonly Use[];
  /** what would be wrong */
  readonly missed: readonly Found[];
  /** the definitions that a rename makes different; null: nothing was asked for, or it cannot be done */
  readonly changed: readonly Definition[] | null;
}

/** Turns it into one SVG of all pages instead, for whoever looks at a draft. */
export interface Drawer {
  /** throws PrintFault */
  draw(source: string): Promise<{ svg: string; pages: number; substitutions: string[] }>;
}

/** What an examination of definitions has found. */
export interface Examined {
  problems: Found[];
  /** what each definition calls itself, by `kind/full key` */
  titles: ReadonlyMap<string, string>;
  /** full keys of the flows that each definition bears on, by the same; null: all */
  flows: ReadonlyMap<string, readonly string[] | null>;
}

export interface Log {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

export interface Host {
  readonly store: Store;
  /** where the database is: for threads that read it beside this one */
  readonly database: StoreOptions;
  /** epoch milliseconds; demo mode moves it */
  now(): number;
  /** a new id, increasing with time */
  newId(): string;
  /** service types that processes may name */
  readonly services: ReadonlyMap<string, Service>;
  /** functions that expressions may call besides those of the content itself */
  readonly functions: Functions;
  catalogue(): Catalogue;
  /** what is remembered of the steps of processes */
  readonly steppers: Steppers;
  directory(): Directory;
  /** Takes over changes that another command or server has made to the directory or the definitions. */
  refresh(): Promise<void>;
  readonly files: Files;
  readonly printer: Printer;
  /** of drafts; beside the printer, so that no letter waits for one. null: this server draws none */
  readonly drawer: Drawer | null;
  /** what is wrong with these definitions if they were all that is in force; never throws for content */
  examine(definitions: readonly Definition[]): Promise<Examined>;
  /** what is so of names in these definitions; never throws for content */
  askNames(definitions: readonly Definition[], asked: AskedOfNames): Promise<ToldOfNames>;
  /** where stories are run and changes are played */
  readonly sandboxes: Sandboxes;
  /** of those who administer: must they have a second factor? */
  readonly secondFactor: 'required' | 'optional';
  readonly log: Log;
  /** tells the worker that something may be due now */
  nudge(): void;
  /** tells the open pages of these people that something of theirs has changed; says nothing else */
  tell(people: Iterable<string>): void;
  /** e.g. https://oa.example.gov.cn/ganwei/ ; for links in letters and mails */
  readonly publicUrl: string;
  readonly outside: Outside;
}

/** What the machine and its operator provide, as far as an installation may lack it. */
export interface Outside {
  /** a mail server is configured */
  readonly mail: boolean;
  /** is this the name of a registered address to push to? */
  registers(target: string): boolean;
  /** how much room the disk of the data folder has */
  room(): Promise<'enough' | 'little' | 'none'>;
}

/** The world as expressions see it now; within a case also what has been reached there and what waits. */
export function worldOf(host: Host, now: number, inside?: Pick<World, 'reached' | 'waiting'>): World {
  return {
    directory: host.directory(),
    calendar: host.catalogue().calendar,
    today: localDate(now),
    ...inside,
  };
}

/** What an expression sees now that is asked with these names; within a case also what has been reached there and what waits. */
export const sightOf = (host: Host, now: number, scope: Names, inside?: Pick<World, 'reached' | 'waiting'>): Sight =>
  new Sight(host.catalogue().language, scope, worldOf(host, now, inside));
